-- Staged rows of learning_states whose (publisher_id) is not there yet.
insert into learning_states (
  publisher_id, learned_id, snapshot_id, articles, learned_at, is_followed
)
select
  staged.publisher_id, staged.learned_id, staged.snapshot_id, staged.articles, staged.learned_at, staged.is_followed
from staged
anti join learning_states as stored using (publisher_id);
