-- Feed states, one row per feed. The newer one wins, so that loading an older batch again changes nothing.
update feed_states as stored
set
  current_url = staged.current_url,
  etag = staged.etag,
  last_modified = staged.last_modified,
  body_hash = staged.body_hash,
  next_due_at = staged.next_due_at,
  state = staged.state,
  failures = staged.failures,
  last_success_at = staged.last_success_at,
  last_new_entry_at = staged.last_new_entry_at,
  updated_at = staged.updated_at,
  interval_seconds = staged.interval_seconds,
  due_reason = staged.due_reason,
  least_seconds = staged.least_seconds,
  skip_hours = staged.skip_hours,
  skip_days = staged.skip_days,
  failure_kind = staged.failure_kind,
  gone_since = staged.gone_since,
  moving_to = staged.moving_to,
  moving_since = staged.moving_since,
  moving_polls = staged.moving_polls,
  trusted_304s = staged.trusted_304s,
  full_body_at = staged.full_body_at,
  conditional_distrusted_at = staged.conditional_distrusted_at,
  last_gap_at = staged.last_gap_at,
  read_url = staged.read_url,
  read_entries = staged.read_entries,
  id_churns = staged.id_churns,
  ids_distrusted_at = staged.ids_distrusted_at
from staged
where stored.feed_id = staged.feed_id
  and staged.updated_at >= stored.updated_at;
