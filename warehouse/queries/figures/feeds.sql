-- How feeds stand at the end of the window: one row per feed, those in trouble first; alike counts the feeds that stand the same.
-- Left out: it is due, and others were asked since. It is paused, or not on the list any more.
with asked as (
  select max(polled_at) as last_poll_at
  from polls
), standing as (
  select
    health.feed_id, health.publisher_id, health.url, health.failures, health.last_outcome, health.last_http_status, health.last_error,
    health.last_polled_at, health.last_success_at, health.last_new_entry_at, health.next_due_at,
    case
      when health.last_polled_at is null then 'never asked'
      when health.state = 'parked' then 'gone'
      when health.failures > 0 then 'failing'
      when health.next_due_at < asked.last_poll_at - $late_after::interval then 'left out'
      when health.next_due_at < $until::timestamptz - $late_after::interval then 'late'
      when coalesce(health.is_silent, coalesce(health.last_new_entry_at, health.last_success_at) < $until::timestamptz - $silent_after::interval) then 'silent'
      when health.volume in ('quieter', 'louder') then health.volume
      else 'well'
    end as stands
  from feed_health as health
  cross join asked
  where $publisher_id::varchar is null or health.publisher_id = $publisher_id
)
select
  stands, feed_id, publisher_id, url, failures, last_outcome, last_http_status, left(last_error, 300) as last_error, last_polled_at,
  last_success_at, last_new_entry_at, next_due_at,
  count(*) over (partition by stands) as alike
from standing
qualify row_number() over (partition by stands order by failures desc, feed_id) <= $rows
order by
  list_position(['failing', 'late', 'silent', 'gone', 'never asked', 'quieter', 'louder', 'left out', 'well'], stands),
  failures desc,
  feed_id;
