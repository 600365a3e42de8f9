-- Known entries among the staged keys, one row per feed and entry.
select
  feed_id, entry_key, fingerprint, article_id, seen_at
from known_entries
semi join staged using (feed_id, entry_key);
