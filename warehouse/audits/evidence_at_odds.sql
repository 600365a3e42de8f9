-- The source that a date of publication names is the one that was chosen for it.
with metadata as (
  select article_id, metadata_hash, published_source
  from article_metadata
  where rowid >= $article_metadata_before
), chosen as (
  select article_id, metadata_hash, list_sort(list_distinct(list(source))) as sources
  from metadata_candidates
  semi join metadata using (article_id, metadata_hash)
  where rowid >= $metadata_candidates_before and chosen and field = 'published'
  group by article_id, metadata_hash
)
select
  concat_ws(' ', article_id, metadata_hash) as subject,
  concat('published by ', published_source, ', chosen: ', array_to_string(sources, ', ')) as detail
from metadata
join chosen using (article_id, metadata_hash)
where sources <> [published_source] or published_source is null;
