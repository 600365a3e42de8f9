-- Learned rules, one row per publisher and rule that its newest learning found; is_obeyed: active, and not switched off by a person.
create or replace view learned_rules_current as
select
  rules.publisher_id,
  rules.rule_id,
  rules.state,
  rules.state = 'active' and not coalesce(list_contains(snapshots.disabled, rules.rule_id), false) as is_obeyed,
  rules.feature,
  rules.rule_key,
  rules.support,
  rules.articles,
  rules.days,
  rules.first_day,
  rules.last_day,
  rules.example,
  states.learned_at,
  states.snapshot_id
from learning_states as states
join learned_rules as rules using (learned_id, publisher_id)
left join snapshots using (snapshot_id);
