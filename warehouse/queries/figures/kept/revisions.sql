-- The view of this name in the window, computed once for the queries that ask it.
create temp table revisions as
select
  article_id, url, publisher_id, version, last_seen_before_at, seen_at, kind, kinds, title_before, title_after, words_added, words_removed,
  corrections_added, after_hash
from main.revisions
where seen_at >= $since and seen_at < $until;
