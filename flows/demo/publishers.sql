-- The demo's publishers, one row each: what came of their entries, and how much of their pages was not the article.
with entries as (
  select
    feeds.publisher_id,
    count(*) filter (where outcomes.outcome = 'duplicate') as duplicates,
    count(*) filter (where outcomes.outcome = 'rejected') as rejected
  from entry_outcomes as outcomes
  join feeds using (feed_id)
  group by feeds.publisher_id
), removed as (
  select publisher_id, sum(blocks) filter (where rule_id <> 'outside-article') as removed
  from boilerplate_removed
  group by publisher_id
)
select
  publishers.name as publisher,
  publishers.language,
  publishers.articles,
  publishers.revisions,
  coalesce(entries.duplicates, 0) as duplicates,
  coalesce(entries.rejected, 0) as rejected,
  publishers.words,
  coalesce(removed.removed, 0) as "blocks removed from articles"
from publisher_overview as publishers
left join entries using (publisher_id)
left join removed using (publisher_id)
order by publishers.articles desc, publisher;
