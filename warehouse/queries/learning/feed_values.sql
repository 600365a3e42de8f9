-- What feeds said of the staged articles and metadata, one row per field and value; several names or tags in the order in which they were taken.
select candidates.article_id, candidates.field, candidates.value
from metadata_candidates as candidates
semi join staged using (article_id, metadata_hash)
join article_metadata as metadata using (article_id, metadata_hash)
where candidates.source = 'feed'
order by
  candidates.article_id,
  candidates.field,
  list_position(case candidates.field when 'authors' then metadata.authors when 'tags' then metadata.tags end, candidates.value) nulls last,
  candidates.value;
