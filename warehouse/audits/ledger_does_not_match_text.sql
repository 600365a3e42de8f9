-- The kept blocks of a ledger, joined by a blank line, are the text.
-- A kept block has a span and no text of its own, every other block a text and no span.
with own_ledgers as (
  select article_id, content_hash, ruleset_id, blocks
  from article_blocks
  where rowid >= $article_blocks_before
), own_texts as (
  select article_id, content_hash, text
  from article_texts
  where rowid >= $article_texts_before
), written_elsewhere as (
  select article_id, content_hash
  from own_ledgers
  anti join own_texts using (article_id, content_hash)
), texts as (
  select article_id, content_hash, text
  from own_texts
  union all
  select article_id, content_hash, text
  from article_texts
  where rowid < $article_texts_before
    and rowid in (select stored.rowid from article_texts as stored semi join written_elsewhere using (article_id, content_hash))
), ledgers as (
  select
    ledger.article_id,
    ledger.ruleset_id,
    texts.text,
    coalesce(list_aggregate(
      [substring(texts.text, block.char_start + 1, block.char_end - block.char_start) for block in ledger.blocks if block.verdict = 'kept'],
      'string_agg', chr(10) || chr(10)
    ), '') as kept_text,
    len([
      block.position for block in ledger.blocks
      if (block.verdict = 'kept') is distinct from (block.char_start is not null and block.char_end is not null)
        or (block.verdict = 'kept') is distinct from (block."text" is null)
    ]) as malformed
  from own_ledgers as ledger
  join texts using (article_id, content_hash)
)
select
  concat_ws(' ', article_id, ruleset_id) as subject,
  case
    when malformed > 0 then concat(malformed, ' blocks with a span or text that their verdict excludes')
    else concat(length(kept_text), ' characters in kept blocks, ', length(text), ' in the text')
  end as detail
from ledgers
where malformed > 0 or kept_text is distinct from text;
