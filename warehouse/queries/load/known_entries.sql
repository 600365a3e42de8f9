-- Staged rows of known_entries whose (feed_id, entry_key) is not there yet.
insert into known_entries (
  feed_id, entry_key, fingerprint, article_id, seen_at
)
select
  staged.feed_id, staged.entry_key, staged.fingerprint, staged.article_id, staged.seen_at
from staged
anti join known_entries as stored using (feed_id, entry_key);
