-- Alarms now: one row per alarm about a publisher's cleaning, or about a feed; alarms counts all.
with alarmed as (
  select publisher_id, cast(null as varchar) as feed_id, alarm, rule_id, since, usual, found, example
  from cleaning_alarms
  union all
  select feeds.publisher_id, feed_alarms.feed_id, feed_alarms.alarm, null, feed_alarms.first_at, null, null, null
  from feed_alarms
  join feeds using (feed_id)
)
select publisher_id, feed_id, alarm, rule_id, since, usual, found, example, count(*) over () as alarms
from alarmed
where $publisher_id::varchar is null or publisher_id = $publisher_id
order by feed_id is not null, publisher_id, feed_id, alarm, rule_id
limit $rows;
