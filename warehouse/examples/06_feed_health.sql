-- Which feeds are in trouble?
select feed_id, state, failures, last_outcome, last_http_status, last_success_at, next_due_at, due_reason, volume
from feed_health
order by failures desc, last_success_at nulls first, feed_id
limit 10;
