-- What is odd about the polls of a run, one row per alarm, in its order.
with noticed as (
  select feed_id, unnest(notices) as alarm
  from polls
  where run_id = $run_id
)
select alarm, cast(count(distinct feed_id) as integer) as feeds, min(feed_id) as feed_id
from noticed
where alarm in ('own_outage', 'gap', 'emptied', 'lying_304', 'ids_churn', 'fell_back')
group by alarm
order by alarm;
