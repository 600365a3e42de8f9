-- Alarms about cleaning, one row per publisher and alarm, on its newest day of at least 5 articles against the days before, at least 5 of them.
-- removed_share: far more or far less of what the extractor found was removed than usual. rule_silent: a rule that fired daily does no more.
create or replace view cleaning_alarms as
with cleaned as (
  select
    articles.publisher_id,
    cast(articles.first_seen_at at time zone 'UTC' as date) as day,
    count(distinct articles.article_id) as articles,
    sum(length(blocks."text")) filter (where blocks.verdict = 'removed') / sum(length(blocks."text")) as removed_share
  from articles_current as articles
  join blocks
    on blocks.article_id = articles.article_id
    and blocks.content_hash = articles.content_hash
    and blocks.ruleset_id = articles.ruleset_id
    and blocks.snapshot_id is not distinct from articles.snapshot_id
  where coalesce(blocks.rule_id, '') <> 'outside-article'
  group by all
  having count(distinct articles.article_id) >= 5
), days as (
  select
    publisher_id, day, articles, coalesce(removed_share, 0) as removed_share,
    max(day) over (partition by publisher_id) as last_day,
    count(*) over (partition by publisher_id) - 1 as days_before
  from cleaned
), usual as (
  select publisher_id, median(removed_share) as removed_share
  from days
  where day < last_day and days_before >= 5
  group by publisher_id
), fired as (
  select days.publisher_id, firings.rule_id, count(*) as fired_days, sum(firings.blocks) as blocks, min(firings.example) as example
  from days
  join rule_firings as firings using (publisher_id, day)
  where days.day < days.last_day and days.days_before >= 5 and firings.rule_id <> 'outside-article'
  group by all
)
select
  days.publisher_id,
  'removed_share' as alarm,
  cast(null as varchar) as rule_id,
  days.day,
  days.articles,
  usual.removed_share as usual,
  days.removed_share as found,
  cast(null as varchar) as example
from days
join usual using (publisher_id)
where days.day = days.last_day
  and abs(days.removed_share - usual.removed_share) > greatest(0.1, usual.removed_share / 2)
union all
select days.publisher_id, 'rule_silent', fired.rule_id, days.day, days.articles, fired.blocks / days.days_before, 0.0, fired.example
from days
join fired using (publisher_id)
anti join rule_firings as firings
  on firings.publisher_id = days.publisher_id and firings.day = days.day and firings.rule_id = fired.rule_id
where days.day = days.last_day and fired.fired_days = days.days_before;
