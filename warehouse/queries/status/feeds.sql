-- How feeds stand, one row per feed that was ever configured.
select
  feed_id,
  publisher_id,
  state,
  failures,
  next_due_at,
  last_success_at,
  last_new_entry_at,
  last_polled_at,
  last_outcome,
  last_http_status,
  last_error,
  polls_24h,
  new_entries_24h,
  polls_without_overlap_24h
from feed_health
order by feed_id;
