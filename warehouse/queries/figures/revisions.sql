-- Changes that publishers made in the window: one row per hour, day, week or month ($step) of UTC in which any was seen.
select
  date_trunc($step, seen_at at time zone 'UTC') at time zone 'UTC' as begins_at,
  count(*) as revisions,
  count(distinct article_id) as articles
from revisions
where seen_at >= $since and seen_at < $until
  and ($publisher_id::varchar is null or publisher_id = $publisher_id)
group by all
order by begins_at;
