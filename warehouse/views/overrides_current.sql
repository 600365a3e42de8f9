-- Decisions in force, one row per rule and publisher, or per block of an article, that a person decided about: the newest decision.
create or replace view overrides_current as
select override_id, made_at, made_by, action, rule_id, publisher_id, article_id, block_hash, example, why, run_id
from overrides
qualify row_number() over (
  partition by rule_id, publisher_id, article_id, block_hash
  order by made_at desc, override_id desc
) = 1;
