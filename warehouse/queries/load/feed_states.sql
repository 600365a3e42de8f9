-- Staged rows of feed_states whose (feed_id) is not there yet.
insert into feed_states (
  feed_id, current_url, etag, last_modified, body_hash, next_due_at, state, failures, last_success_at,
  last_new_entry_at, updated_at, interval_seconds, due_reason, least_seconds, skip_hours, skip_days, failure_kind,
  gone_since, moving_to, moving_since, moving_polls, trusted_304s, full_body_at, conditional_distrusted_at,
  last_gap_at, read_url, read_entries, id_churns, ids_distrusted_at
)
select
  staged.feed_id, staged.current_url, staged.etag, staged.last_modified, staged.body_hash, staged.next_due_at,
  staged.state, staged.failures, staged.last_success_at, staged.last_new_entry_at, staged.updated_at,
  staged.interval_seconds, staged.due_reason, staged.least_seconds, staged.skip_hours, staged.skip_days,
  staged.failure_kind, staged.gone_since, staged.moving_to, staged.moving_since, staged.moving_polls,
  staged.trusted_304s, staged.full_body_at, staged.conditional_distrusted_at, staged.last_gap_at, staged.read_url,
  staged.read_entries, staged.id_churns, staged.ids_distrusted_at
from staged
anti join feed_states as stored using (feed_id);
