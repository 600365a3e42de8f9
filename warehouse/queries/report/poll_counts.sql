-- polls of one run per outcome
select outcome, count(*) as polls
from polls
where run_id = $run_id
group by outcome
order by outcome;
