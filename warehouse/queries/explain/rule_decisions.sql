-- Decisions of people in force about rules, oldest first. publisher_id: those that hold for it, NULL for all.
select made_at, made_by, action, rule_id, publisher_id, block_hash, example, why
from overrides_current
where action in ('disable', 'enable')
  and ($publisher_id::varchar is null or publisher_id is null or publisher_id = $publisher_id::varchar)
order by made_at, override_id;
