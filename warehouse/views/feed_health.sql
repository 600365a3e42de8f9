-- Feeds, one row per feed, over the last 24 hours of the clock (not of the data: a dead system must look dead).
create or replace view feed_health as
with first_reads as (
  select feed_id, min(polled_at) as first_read_at
  from polls
  where outcome = 'ok'
  group by feed_id
), recent as (
  select
    feed_id,
    count(*) as polls,
    count(*) filter (where outcome in ('ok', 'not_modified', 'same_body')) as good_polls,
    sum(wire_bytes) as wire_bytes,
    sum(entry_count - overlap_count) as new_entries,
    count(*) filter (where entry_count > 0 and overlap_count = 0 and polled_at > first_read_at) as polls_without_overlap
  from polls
  left join first_reads using (feed_id)
  where polled_at >= now() - interval 24 hours
  group by feed_id
), last_polls as (
  select feed_id, polled_at, outcome, http_status, error
  from polls
  qualify row_number() over (partition by feed_id order by polled_at desc, poll_id desc) = 1
)
select
  feeds.feed_id,
  feeds.publisher_id,
  feeds.url,
  states.state,
  states.failures,
  states.next_due_at,
  states.last_success_at,
  states.last_new_entry_at,
  last_polls.polled_at as last_polled_at,
  last_polls.outcome as last_outcome,
  last_polls.http_status as last_http_status,
  last_polls.error as last_error,
  coalesce(recent.polls, 0) as polls_24h,
  coalesce(recent.good_polls, 0) as good_polls_24h,
  coalesce(recent.new_entries, 0) as new_entries_24h,
  coalesce(recent.polls_without_overlap, 0) as polls_without_overlap_24h,
  coalesce(recent.wire_bytes, 0) as wire_bytes_24h
from feeds
left join feed_states as states using (feed_id)
left join last_polls using (feed_id)
left join recent using (feed_id)
where feeds.kind = 'feed';
