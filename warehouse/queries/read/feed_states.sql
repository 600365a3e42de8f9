-- States of the staged feeds, one row per feed that has one.
select
  feed_id, current_url, etag, last_modified, body_hash, next_due_at, state, failures, last_success_at, last_new_entry_at,
  updated_at
from feed_states
semi join staged using (feed_id);
