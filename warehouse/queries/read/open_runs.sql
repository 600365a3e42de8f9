-- Runs that have not said how they ended, oldest first, one row per run.
select
  run_id, flow, code_version, ruleset_id, snapshot_id, config_hash, host, process_id, started_at, finished_at, status,
  error
from runs
where status = 'running'
order by started_at, run_id;
