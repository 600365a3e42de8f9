-- entries per outcome whose fate was decided since a run began, those that earlier runs had left pending included
select outcome, count(*) as entries
from entry_outcomes
where recorded_at >= $since
group by outcome
order by outcome;
