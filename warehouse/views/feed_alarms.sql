-- Alarms about feeds, one row per feed and alarm, over the 24 hours before the query: what polls noticed, and what is not its habit.
create or replace view feed_alarms as
with noticed as (
  select feed_id, polled_at, unnest(notices) as alarm
  from polls
  where polled_at >= now() - interval 24 hours
)
select feed_id, alarm, count(*) as polls, min(polled_at) as first_at, max(polled_at) as last_at
from noticed
where alarm in ('own_outage', 'gap', 'emptied', 'lying_304', 'ids_churn', 'fell_back')
group by feed_id, alarm
union all
select feed_id, case when is_silent then 'silent' else volume end, good_polls_24h, last_new_entry_at, last_polled_at
from feed_health
where is_silent or volume in ('quieter', 'louder');
