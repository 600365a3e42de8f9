-- Decisions of people that are in force, in the order in which they were made.
select override_id, made_at, made_by, action, rule_id, publisher_id, article_id, block_hash, example, why, run_id
from overrides_current
order by made_at, override_id;
