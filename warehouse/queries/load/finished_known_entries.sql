-- Known entries whose pending outcome a staged row ends with an article: they lead to it from now on.
-- Runs before the outcomes change.
with ended as (
  select outcomes.feed_id, outcomes.entry_key, any_value(staged.article_id order by staged.recorded_at desc) as article_id
  from staged
  join entry_outcomes as outcomes using (poll_id, entry_key)
  where outcomes.outcome = 'pending'
    and staged.article_id is not null
  group by outcomes.feed_id, outcomes.entry_key
)
update known_entries as stored
set article_id = ended.article_id
from ended
where stored.feed_id = ended.feed_id
  and stored.entry_key = ended.entry_key;
