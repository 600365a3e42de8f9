-- Removed boilerplate, one row per publisher and rule, in the ledgers of the articles as they stand now.
-- What was moved to a field is not boilerplate.
create or replace view boilerplate_removed as
select
  articles.publisher_id,
  removed.rule_id,
  min(removed.reason) as reason,
  count(*) as blocks,
  count(distinct removed.article_id) as articles,
  sum(length(removed."text")) as characters,
  min(left(removed."text", 120)) as example
from articles_current as articles
join blocks as removed
  on removed.article_id = articles.article_id
  and removed.content_hash = articles.content_hash
  and removed.ruleset_id = articles.ruleset_id
  and removed.snapshot_id is not distinct from articles.snapshot_id
where removed.verdict = 'removed'
group by articles.publisher_id, removed.rule_id;
