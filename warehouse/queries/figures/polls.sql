-- Polls over time: one row per hour, day, week or month ($step) of UTC in which any feed was asked.
select
  date_trunc($step, polls.polled_at at time zone 'UTC') at time zone 'UTC' as begins_at,
  count(*) filter (where polls.outcome in ('ok', 'not_modified', 'same_body')) as good,
  count(*) filter (where polls.outcome not in ('ok', 'not_modified', 'same_body')) as failed
from polls
join feeds using (feed_id)
where feeds.kind = 'feed' and polls.polled_at >= $since and polls.polled_at < $until
  and ($publisher_id::varchar is null or feeds.publisher_id = $publisher_id)
group by all
order by begins_at;
