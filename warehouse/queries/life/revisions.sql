-- What the publisher changed, one row per changed block of each of the newest revisions, newest first; a change of the headline alone has no block.
with newest as (
  select version, last_seen_before_at, seen_at, kind, title_before, title_after, words_added, words_removed
  from revisions
  where article_id = $article_id
  order by version desc
  limit $most
), changed as (
  select version, position, change, text_before, text_after
  from revision_blocks
  where article_id = $article_id
)
select
  newest.version, newest.last_seen_before_at, newest.seen_at, newest.kind, newest.title_before, newest.title_after, newest.words_added,
  newest.words_removed, changed.change, changed.text_before, changed.text_after
from newest
left join changed using (version)
order by newest.version desc, changed.position;
