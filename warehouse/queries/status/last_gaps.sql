-- The last gaps of a feed, newest first.
select previous_polled_at, polled_at, hours, entries_before, entries
from gaps
where feed_id = $feed_id
order by polled_at desc, poll_id desc
limit $limit;
