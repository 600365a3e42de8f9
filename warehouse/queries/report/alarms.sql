-- Alarms about cleaning now, in order. publisher_ids: of these publishers; NULL: of all.
select publisher_id, alarm, rule_id, since, articles, usual, found, example
from cleaning_alarms_among($publisher_ids::varchar[])
order by publisher_id, alarm, rule_id;
