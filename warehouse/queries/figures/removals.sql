-- What cleaning removed from the newest articles first seen in the window: one row per rule, learned rules of a kind together, most blocks first.
with newest as (
  select article_id, content_hash, ruleset_id, snapshot_id
  from articles_current
  where first_seen_at >= $since and first_seen_at < $until
    and ($publisher_id::varchar is null or publisher_id = $publisher_id)
  order by first_seen_at desc, article_id
  limit $articles
), decided as (
  select ledger.article_id, unnest(ledger.blocks) as block
  from article_blocks as ledger
  join newest
    on newest.article_id = ledger.article_id
    and newest.content_hash = ledger.content_hash
    and newest.ruleset_id = ledger.ruleset_id
    and newest.snapshot_id is not distinct from ledger.snapshot_id
), removed as (
  select
    article_id,
    regexp_replace(block.rule_id, '^(learned-[a-z]+)-.*', '\1') as rule_id,
    block.reason as reason,
    block."text" as "text"
  from decided
  where block.verdict = 'removed'
)
select
  rule_id,
  min(reason) as reason,
  count(*) as blocks,
  count(distinct article_id) as articles,
  sum(length("text")) as characters,
  mode(left("text", 160)) as example,
  (select count(*) from newest) as articles_looked_at
from removed
group by rule_id
order by blocks desc, rule_id
limit $rows;
