-- Staged rows of known_entries whose (feed_id, entry_key) is not there yet.
insert into known_entries (
  feed_id, entry_key, fingerprint, article_id, seen_at
)
select
  staged.feed_id, staged.entry_key, staged.fingerprint, staged.article_id, staged.seen_at
from staged
anti join (
  select feed_id, entry_key
  from known_entries
  semi join staged using (feed_id)
) as stored using (feed_id, entry_key);
