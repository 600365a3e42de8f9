-- The kept blocks of a ledger, joined by a blank line, are the text.
-- A kept block has a span and no text of its own, every other block a text and no span.
with touched as (
  select article_id from article_observations where run_id = $run_id::uuid
  union
  select article_id from article_blocks where $run_id::uuid is null
), ledgers as (
  select
    ledger.article_id,
    ledger.ruleset_id,
    texts.text,
    coalesce(array_to_string(
      [substring(texts.text, block.char_start + 1, block.char_end - block.char_start) for block in ledger.blocks if block.verdict = 'kept'],
      chr(10) || chr(10)
    ), '') as kept_text,
    len([
      block.position for block in ledger.blocks
      if (block.verdict = 'kept') is distinct from (block.char_start is not null and block.char_end is not null)
        or (block.verdict = 'kept') is distinct from (block."text" is null)
    ]) as malformed
  from article_blocks as ledger
  join article_texts as texts using (article_id, content_hash)
  where ledger.rowid in (select stored.rowid from article_blocks as stored semi join touched using (article_id))
    and texts.rowid in (select stored.rowid from article_texts as stored semi join touched using (article_id))
)
select
  concat_ws(' ', article_id, ruleset_id) as subject,
  case
    when malformed > 0 then concat(malformed, ' blocks with a span or text that their verdict excludes')
    else concat(length(kept_text), ' characters in kept blocks, ', length(text), ' in the text')
  end as detail
from ledgers
where malformed > 0 or kept_text is distinct from text;
