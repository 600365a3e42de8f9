-- Blocks of the ledgers at the staged places, one row per block, in document order; unless $whole without those that the extractor left out.
with ledgers as (
  select rowid as place, unnest(blocks) as block
  from article_blocks
  where rowid in (select place from staged)
)
select
  place,
  block.position,
  block."text",
  block.char_start,
  block.char_end,
  block.kind,
  block.dom_path,
  block.link_density,
  block.role,
  block.verdict,
  block.rule_id
from ledgers
where $whole or block.verdict <> 'removed' or block.rule_id is distinct from 'outside-article'
order by place, block.position;
