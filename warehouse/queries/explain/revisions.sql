-- Revisions of an article, oldest first.
select
  version, last_seen_before_at, seen_at, kind, kinds, blocks_added, blocks_removed, blocks_edited, blocks_moved, words_added, words_removed,
  title_before, title_after, corrections_added
from revisions
where article_id = $article_id
order by version;
