-- Staged rows of feeds whose (feed_id) is not there yet.
insert into feeds (
  feed_id, publisher_id, url, kind, title, language, added_at
)
select
  staged.feed_id, staged.publisher_id, staged.url, staged.kind, staged.title, staged.language, staged.added_at
from staged
anti join feeds as stored using (feed_id);
