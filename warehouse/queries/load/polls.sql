-- Staged rows of polls whose (poll_id) is not there yet.
insert into polls (
  poll_id, feed_id, run_id, polled_at, outcome, http_status, final_url, redirects, wire_bytes, body_bytes, body_hash,
  entry_count, overlap_count, duration_ms, archive_file, archive_offset, archive_length, error, passed_over, notices,
  clashing_ids, churned_ids
)
select
  staged.poll_id, staged.feed_id, staged.run_id, staged.polled_at, staged.outcome, staged.http_status,
  staged.final_url, staged.redirects, staged.wire_bytes, staged.body_bytes, staged.body_hash, staged.entry_count,
  staged.overlap_count, staged.duration_ms, staged.archive_file, staged.archive_offset, staged.archive_length,
  staged.error, staged.passed_over, staged.notices, staged.clashing_ids, staged.churned_ids
from staged
anti join (
  select poll_id
  from polls
  semi join staged using (poll_id)
) as stored using (poll_id);
