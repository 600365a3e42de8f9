-- Polls of this part that read their feed, one row each, with the slots that it held.
create or replace temp table read_polls as
select
  feed,
  poll,
  poll_id(feed, poll) as poll_id,
  feed_id(feed) as feed_id,
  publisher_id(feed) as publisher_id,
  polled_at(feed, poll) as polled_at,
  run_id(date_trunc('hour', polled_at(feed, poll))) as run_id,
  list_filter(
    list_transform(range(greatest(0, 2 * poll - 18), 2 * poll + 2), e -> e * getvariable('feeds') + feed), n -> n < getvariable('slots')
  ) as held
from (
  select unnest(range($first_poll, $last_poll)) as poll
) as numbered
cross join (
  select unnest(range(getvariable('feeds'))) as feed
) as every_feed
where 2 * poll * getvariable('feeds') + feed < getvariable('slots');
