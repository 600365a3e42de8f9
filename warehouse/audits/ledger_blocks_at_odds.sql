-- The blocks of a ledger are numbered as they stand, and each is kept, moved to a field, or removed by a rule for a reason.
with own_ledgers as materialized (
  select article_id, content_hash, ruleset_id, blocks
  from article_blocks
  where rowid >= $article_blocks_before
), own_texts as (
  select article_id, content_hash, paragraph_count
  from article_texts
  where rowid >= $article_texts_before
), written_elsewhere as (
  select article_id, content_hash
  from own_ledgers
  anti join own_texts using (article_id, content_hash)
), texts as (
  select article_id, content_hash, paragraph_count
  from own_texts
  union all
  select article_id, content_hash, paragraph_count
  from article_texts
  where rowid < $article_texts_before
    and rowid in (select stored.rowid from article_texts as stored semi join written_elsewhere using (article_id, content_hash))
), ledgers as materialized (
  select ledger.article_id, ledger.content_hash, ledger.ruleset_id, ledger.blocks, texts.paragraph_count
  from own_ledgers as ledger
  join texts using (article_id, content_hash)
), unnumbered as (
  select article_id, ruleset_id, 'blocks that are not numbered from 0 in their order' as detail
  from ledgers
  where [block.position for block in blocks] <> [place - 1 for place in generate_series(1, len(blocks))]
), miscounted as (
  select article_id, ruleset_id, concat(paragraph_count, ' paragraphs in the text, another number of kept blocks') as detail
  from ledgers
  where paragraph_count <> len([1 for block in blocks if block.verdict = 'kept'])
), odd as (
  select
    article_id, ruleset_id,
    [
      block.position for block in blocks
      if block.verdict not in ('kept', 'moved', 'removed')
        or (block.verdict = 'moved') <> (block.field is not null)
        or (block.verdict <> 'kept' and (block.rule_id is null or block.reason is null))
        or block.link_density not between 0 and 1
        or block.repeat_of not between 0 and len(blocks) - 1
        or block.repeat_of = block.position
    ] as positions
  from ledgers
)
select concat_ws(' ', article_id, ruleset_id) as subject, detail from unnumbered
union all
select concat_ws(' ', article_id, ruleset_id), detail from miscounted
union all
select concat_ws(' ', article_id, ruleset_id), concat('blocks at odds with their verdict: ', array_to_string(positions[:10], ', '))
from odd
where len(positions) > 0;
