-- When a run began; NULL: there is no such run.
select min(started_at) as began
from runs
where run_id = $run_id;
