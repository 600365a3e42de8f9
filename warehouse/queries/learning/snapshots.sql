-- Snapshots among the staged ids, one row each.
select snapshot_id, publisher_id, learned_id, active_rules, disabled, restored, created_at, run_id, template_id
from snapshots
semi join staged using (snapshot_id);
