-- Learning states, one row per publisher that has one.
select publisher_id, learned_id, snapshot_id, articles, learned_at, is_followed
from learning_states
order by publisher_id;
