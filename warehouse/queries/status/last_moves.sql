-- The last changes of the address that a feed is asked at, newest first.
select from_url, to_url, cause, first_seen_at, polls, moved_at
from feed_moves
where feed_id = $feed_id
order by moved_at desc
limit $limit;
