-- States of the staged feeds, one row per feed that has one.
select
  feed_id, current_url, etag, last_modified, body_hash, next_due_at, state, failures, last_success_at,
  last_new_entry_at, updated_at, interval_seconds, due_reason, least_seconds, skip_hours, skip_days, failure_kind,
  gone_since, moving_to, moving_since, moving_polls, trusted_304s, full_body_at, conditional_distrusted_at,
  last_gap_at, read_url, read_entries, id_churns, ids_distrusted_at
from feed_states
semi join staged using (feed_id);
