-- What rules did, one row per publisher, rule and UTC day on which articles were first seen, in the ledgers of the articles as they stand now.
create or replace view rule_firings as
select
  articles.publisher_id,
  decided.rule_id,
  cast(articles.first_seen_at at time zone 'UTC' as date) as day,
  min(decided.verdict) as verdict,
  min(decided.reason) as reason,
  count(*) as blocks,
  count(distinct decided.article_id) as articles,
  sum(length(decided."text")) as characters,
  min(left(decided."text", 120)) as example
from articles_current as articles
join blocks as decided
  on decided.article_id = articles.article_id
  and decided.content_hash = articles.content_hash
  and decided.ruleset_id = articles.ruleset_id
  and decided.snapshot_id is not distinct from articles.snapshot_id
where decided.rule_id is not null
group by all;
