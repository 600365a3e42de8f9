-- The same articles by the publishers' own day of publication: one row per day, of the newest $days days up to the newest that any has.
with dated as (
  select published_on, count(*) as articles
  from articles_current
  where first_seen_at >= $since and first_seen_at < $until and published_on <= cast($until::timestamptz at time zone 'UTC' as date) + 1
    and ($publisher_id::varchar is null or publisher_id = $publisher_id)
  group by published_on
), newest as (
  select max(published_on) as last_day, greatest(min(published_on), max(published_on) - ($days - 1)) as first_day
  from dated
), days as (
  select unnest(generate_series(first_day, last_day, interval 1 day))::date as published_on
  from newest
)
select days.published_on, coalesce(dated.articles, 0) as articles
from days
left join dated using (published_on)
order by days.published_on;
