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
  updated_at = staged.updated_at
from staged
where stored.feed_id = staged.feed_id
  and staged.updated_at >= stored.updated_at;
