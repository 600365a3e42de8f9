-- Staged rows of snapshots whose (snapshot_id) is not there yet.
insert into snapshots (
  snapshot_id, publisher_id, learned_id, active_rules, disabled, restored, created_at, run_id, template_id
)
select
  staged.snapshot_id, staged.publisher_id, staged.learned_id, staged.active_rules, staged.disabled, staged.restored,
  staged.created_at, staged.run_id, staged.template_id
from staged
anti join snapshots as stored using (snapshot_id);
