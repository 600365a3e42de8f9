-- What was removed from the articles of the staged runs, one row per rule, most blocks first.
with observed as (
  select distinct article_id, content_hash, ruleset_id, snapshot_id
  from article_observations
  semi join staged using (run_id)
), ledgers as (
  select ledger.article_id, unnest(ledger.blocks) as block
  from article_blocks as ledger
  join observed
    on observed.article_id = ledger.article_id
    and observed.content_hash = ledger.content_hash
    and observed.ruleset_id = ledger.ruleset_id
    and observed.snapshot_id is not distinct from ledger.snapshot_id
)
select
  block.rule_id as rule_id,
  min(block.reason) as reason,
  count(*) as blocks,
  count(distinct article_id) as articles,
  sum(length(block."text")) as characters,
  min(left(block."text", $example_characters)) as example
from ledgers
where block.verdict = 'removed'
group by block.rule_id
order by blocks desc, rule_id;
