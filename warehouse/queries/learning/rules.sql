-- Rules of the staged learnings, one row per learning and rule, in order.
select
  learned_id, publisher_id, rule_id, feature, rule_key, state, support, articles, days, first_day, last_day, example
from learned_rules
semi join staged using (learned_id)
order by publisher_id, rule_id;
