-- Gaps, one row per poll that shared no entry with what its feed held before: between it and the last good poll, entries may have come and gone.
create or replace view gaps as
with good_polls as (
  select
    feed_id, poll_id, polled_at, entry_count, notices,
    lag(poll_id) over by_feed as previous_poll_id,
    lag(polled_at) over by_feed as previous_polled_at,
    lag(nullif(entry_count, 0) ignore nulls) over by_feed as entries_before
  from polls
  where outcome in ('ok', 'not_modified', 'same_body')
  window by_feed as (partition by feed_id order by polled_at, poll_id)
)
select
  feed_id,
  previous_poll_id,
  previous_polled_at,
  poll_id,
  polled_at,
  date_diff('second', previous_polled_at, polled_at) / 3600 as hours,
  entries_before,
  entry_count as entries
from good_polls
where list_contains(notices, 'gap');
