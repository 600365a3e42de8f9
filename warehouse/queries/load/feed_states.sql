-- Staged rows of feed_states whose (feed_id) is not there yet.
insert into feed_states (
  feed_id, current_url, etag, last_modified, body_hash, next_due_at, state, failures, last_success_at, last_new_entry_at,
  updated_at
)
select
  staged.feed_id, staged.current_url, staged.etag, staged.last_modified, staged.body_hash, staged.next_due_at,
  staged.state, staged.failures, staged.last_success_at, staged.last_new_entry_at, staged.updated_at
from staged
anti join feed_states as stored using (feed_id);
