-- Staged rows of runs whose (run_id) is not there yet.
insert into runs (
  run_id, flow, code_version, ruleset_id, snapshot_id, config_hash, host, process_id, started_at, finished_at, status,
  error
)
select
  staged.run_id, staged.flow, staged.code_version, staged.ruleset_id, staged.snapshot_id, staged.config_hash,
  staged.host, staged.process_id, staged.started_at, staged.finished_at, staged.status, staged.error
from staged
anti join runs as stored using (run_id);
