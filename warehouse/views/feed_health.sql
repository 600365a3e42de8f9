-- Feeds, one row per feed, over the last 24 hours of the clock (not of the data: a dead system must look dead).
create or replace view feed_health as
with recent as (
  select
    feed_id,
    count(*) as polls,
    count(*) filter (where outcome in ('ok', 'not_modified', 'same_body')) as good_polls,
    sum(wire_bytes) as wire_bytes,
    sum(entry_count - overlap_count) as new_entries,
    count(*) filter (where list_contains(notices, 'gap')) as gaps,
    count(*) filter (where list_contains(notices, 'own_outage')) as own_outages,
    max(clashing_ids) as clashing_ids,
    max(churned_ids) as churned_ids
  from polls
  where polled_at >= now() - interval 24 hours
  group by feed_id
), last_polls as (
  select feed_id, polled_at, outcome, http_status, error, notices
  from polls
  qualify row_number() over (partition by feed_id order by polled_at desc, poll_id desc) = 1
)
select
  feeds.feed_id,
  feeds.publisher_id,
  feeds.url,
  states.current_url,
  states.state,
  states.failures,
  states.failure_kind,
  states.next_due_at,
  case when states.state <> 'parked' and states.next_due_at < now() then date_diff('second', states.next_due_at, now()) / 3600 end as hours_overdue,
  states.due_reason,
  states.interval_seconds,
  states.last_success_at,
  states.last_new_entry_at,
  states.last_gap_at,
  states.conditional_distrusted_at,
  states.ids_distrusted_at,
  states.moving_to,
  last_polls.polled_at as last_polled_at,
  last_polls.outcome as last_outcome,
  last_polls.http_status as last_http_status,
  last_polls.error as last_error,
  last_polls.notices as last_notices,
  coalesce(recent.polls, 0) as polls_24h,
  coalesce(recent.good_polls, 0) as good_polls_24h,
  coalesce(recent.own_outages, 0) as own_outages_24h,
  coalesce(recent.new_entries, 0) as new_entries_24h,
  coalesce(recent.gaps, 0) as gaps_24h,
  recent.clashing_ids as clashing_ids_24h,
  recent.churned_ids as churned_ids_24h,
  coalesce(recent.wire_bytes, 0) as wire_bytes_24h,
  volumes.volume,
  volumes.is_silent
from feeds
left join feed_states as states using (feed_id)
left join last_polls using (feed_id)
left join recent using (feed_id)
left join feed_volume as volumes using (feed_id)
where feeds.kind = 'feed';
