-- Known entries among the staged keys, one row per feed and entry. Where they stand is found without reading the other columns.
select
  feed_id, entry_key, fingerprint, article_id, seen_at
from known_entries
where rowid in (select stored.rowid from known_entries as stored semi join staged using (feed_id, entry_key));
