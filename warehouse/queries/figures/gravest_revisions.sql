-- The gravest changes, of each kind the newest first: one row per change.
with gravest as (
  select *
  from revisions
  where seen_at >= $since and seen_at < $until
    and ($publisher_id::varchar is null or publisher_id = $publisher_id)
  order by
    list_position(['correction', 'deletion', 'figures', 'headline', 'addition', 'minor'], kind) nulls last,
    seen_at desc,
    article_id,
    version
  limit $rows
)
select
  gravest.publisher_id, gravest.url, gravest.kinds, left(gravest.title_before, 300) as title_before, left(gravest.title_after, 300) as title_after,
  texts.language, gravest.seen_at, gravest.last_seen_before_at, gravest.words_added, gravest.words_removed,
  [left(notice, 400) for notice in gravest.corrections_added[:3]] as corrections_added
from gravest
join article_texts as texts on texts.article_id = gravest.article_id and texts.content_hash = gravest.after_hash
order by
  list_position(['correction', 'deletion', 'figures', 'headline', 'addition', 'minor'], gravest.kind) nulls last,
  gravest.seen_at desc,
  gravest.article_id,
  gravest.version;
