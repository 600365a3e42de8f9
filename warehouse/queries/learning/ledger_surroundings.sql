-- What the extractor left out of the articles whose ledgers are at the staged places, one row per ledger and place of the page.
with ledgers as (
  select rowid as place, unnest(blocks) as block
  from article_blocks
  where rowid in (select place from staged)
)
select place, block.dom_path, block.link_density, block.role, count(*) as blocks
from ledgers
where block.verdict = 'removed' and block.rule_id = 'outside-article'
group by all
order by all;
