-- Staged rows of feed_moves whose (feed_id, moved_at) is not there yet.
insert into feed_moves (
  feed_id, from_url, to_url, cause, first_seen_at, polls, moved_at
)
select
  staged.feed_id, staged.from_url, staged.to_url, staged.cause, staged.first_seen_at, staged.polls, staged.moved_at
from staged
anti join feed_moves as stored using (feed_id, moved_at);
