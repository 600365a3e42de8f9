-- Runs, one row per run. A run is written when it starts and again when it ends; one that has ended stays as it is.
update runs as stored
set
  flow = staged.flow,
  code_version = staged.code_version,
  ruleset_id = staged.ruleset_id,
  snapshot_id = staged.snapshot_id,
  config_hash = staged.config_hash,
  host = staged.host,
  process_id = staged.process_id,
  started_at = staged.started_at,
  finished_at = staged.finished_at,
  status = staged.status,
  error = staged.error
from staged
where stored.run_id = staged.run_id
  and stored.finished_at is null;
