-- Known entries, one row per feed and entry. The newer sighting wins; the article it led to is kept until another is named.
update known_entries as stored
set
  fingerprint = staged.fingerprint,
  article_id = coalesce(staged.article_id, stored.article_id),
  seen_at = staged.seen_at
from staged
where stored.feed_id = staged.feed_id
  and stored.entry_key = staged.entry_key
  and staged.seen_at >= stored.seen_at;
