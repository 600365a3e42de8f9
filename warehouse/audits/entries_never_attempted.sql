-- A run that completed, or is about to, has tried every entry that it left pending.
select
  concat_ws(' ', outcomes.poll_id, outcomes.entry_key) as subject,
  concat('pending since ', outcomes.recorded_at, ', never tried: ', coalesce(outcomes.entry_url, 'no link')) as detail
from entry_outcomes as outcomes
join runs using (run_id)
where outcomes.outcome = 'pending'
  and outcomes.attempts = 0
  and (runs.status = 'completed' or runs.run_id = $run_id::uuid)
  and ($run_id::uuid is null or outcomes.run_id = $run_id::uuid);
