-- How feeds stand, one row per feed that was ever configured.
select
  feed_id, publisher_id, current_url, state, failures, failure_kind, next_due_at, due_reason, interval_seconds, last_success_at,
  last_new_entry_at, last_gap_at, conditional_distrusted_at, ids_distrusted_at, moving_to, last_polled_at, last_outcome, last_http_status,
  last_error, last_notices, polls_24h, own_outages_24h, new_entries_24h, gaps_24h, volume, is_silent
from feed_health
order by feed_id;
