-- The polls asked for, one row per poll.
select
  poll_id, feed_id, run_id, polled_at, outcome, http_status, final_url, redirects, wire_bytes, body_bytes, body_hash,
  entry_count, overlap_count, duration_ms, archive_file, archive_offset, archive_length, error, passed_over, notices,
  clashing_ids, churned_ids
from polls
semi join staged using (poll_id);
