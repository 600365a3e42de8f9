-- Staged rows of overrides whose (override_id) is not there yet.
insert into overrides (
  override_id, made_at, made_by, action, rule_id, publisher_id, article_id, block_hash, example, why, run_id
)
select
  staged.override_id, staged.made_at, staged.made_by, staged.action, staged.rule_id, staged.publisher_id,
  staged.article_id, staged.block_hash, staged.example, staged.why, staged.run_id
from staged
anti join overrides as stored using (override_id);
