-- Staged rows of learned_rules whose (learned_id, rule_id) is not there yet.
insert into learned_rules (
  learned_id, publisher_id, rule_id, feature, rule_key, state, support, articles, days, first_day, last_day, example
)
select
  staged.learned_id, staged.publisher_id, staged.rule_id, staged.feature, staged.rule_key, staged.state,
  staged.support, staged.articles, staged.days, staged.first_day, staged.last_day, staged.example
from staged
anti join learned_rules as stored using (learned_id, rule_id);
