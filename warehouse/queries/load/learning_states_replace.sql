-- Learning states, one row per publisher: what it was last learned to be.
update learning_states as stored
set
  learned_id = staged.learned_id,
  snapshot_id = staged.snapshot_id,
  articles = staged.articles,
  learned_at = staged.learned_at,
  is_followed = staged.is_followed
from staged
where stored.publisher_id = staged.publisher_id;
