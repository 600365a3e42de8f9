-- For a headline, a standfirst and a date one source at most was chosen, and it is the one that the date of publication names.
with metadata as (
  select article_id, metadata_hash, published_source
  from article_metadata
  where $run_id::uuid is null or article_id in (select article_id from article_observations where run_id = $run_id::uuid)
), chosen as (
  select article_id, metadata_hash, field, count(*) as sources, min(source) as source
  from metadata_candidates
  semi join metadata using (article_id, metadata_hash)
  where chosen and field in ('title', 'published', 'modified', 'subtitle')
  group by article_id, metadata_hash, field
)
select concat_ws(' ', article_id, metadata_hash) as subject, concat(sources, ' sources chosen for ', field) as detail
from chosen
where sources > 1
union all
select concat_ws(' ', metadata.article_id, metadata.metadata_hash), concat('published by ', metadata.published_source, ', chosen: ', chosen.source)
from metadata
join chosen using (article_id, metadata_hash)
where chosen.field = 'published' and chosen.source is distinct from metadata.published_source;
