-- The last polls of a feed, newest first.
select polled_at, outcome, http_status, entry_count, entry_count - overlap_count as new_entries, passed_over, notices, duration_ms, error
from polls
where feed_id = $feed_id
order by polled_at desc, poll_id desc
limit $limit;
