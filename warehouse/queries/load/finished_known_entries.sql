-- Known entries whose pending outcome a staged row ends with an article: they lead to it from now on.
-- Runs before the outcomes change. An entry is known since its poll or later, so that those not seen since are not looked through; an hour is
-- allowed for a clock that was set back meanwhile.
with ended as (
  select outcomes.feed_id, outcomes.entry_key, any_value(staged.article_id order by staged.recorded_at desc) as article_id
  from staged
  join entry_outcomes as outcomes using (poll_id, entry_key)
  where outcomes.outcome = 'pending'
    and staged.article_id is not null
  group by outcomes.feed_id, outcomes.entry_key
), recent as materialized (
  select feed_id, entry_key, rowid as place
  from known_entries
  where seen_at >= (select min(polled_at) - interval 1 hour from polls semi join staged using (poll_id))
), led as (
  select recent.place, ended.article_id
  from recent
  join ended using (feed_id, entry_key)
)
update known_entries as stored
set article_id = led.article_id
from led
where stored.rowid = led.place;
