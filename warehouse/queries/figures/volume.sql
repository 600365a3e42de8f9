-- Articles over time: one row per hour, day, week or month ($step) of UTC, from the first one that brought any, by when they were first seen.
with came as (
  select date_trunc($step, first_seen_at at time zone 'UTC') as step, count(*) as articles, count(distinct publisher_id) as publishers
  from articles
  where first_seen_at >= $since and first_seen_at < $until
    and ($publisher_id::varchar is null or publisher_id = $publisher_id)
  group by all
), steps as (
  select unnest(generate_series(
    (select min(step) from came),
    date_trunc($step, ($until::timestamptz - interval 1 second) at time zone 'UTC'),
    case $step when 'hour' then interval 1 hour when 'day' then interval 1 day when 'week' then interval 7 days else interval 1 month end
  )) as step
)
select steps.step at time zone 'UTC' as begins_at, coalesce(came.articles, 0) as articles, coalesce(came.publishers, 0) as publishers
from steps
left join came using (step)
order by begins_at;
