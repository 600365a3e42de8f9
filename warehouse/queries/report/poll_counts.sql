-- polls of one run per outcome; articles that were looked at again are no poll
select outcome, count(*) as polls
from polls
where run_id = $run_id
  and feed_id <> 'rechecks'
group by outcome
order by outcome;
