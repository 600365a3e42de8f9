-- Newest observations, one row per staged article that has any. Ties fall as they do in article_readings.
-- Where they stand is found without reading the wide columns.
with latest as (
  select article_id, content_hash, metadata_hash, observed_at, extractor, ruleset_id, snapshot_id, flags
  from article_observations
  where rowid in (select stored.rowid from article_observations as stored semi join staged using (article_id))
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
), texts as (
  select article_id, content_hash, material_hash
  from article_texts
  where rowid in (select stored.rowid from article_texts as stored semi join latest using (article_id))
)
select
  latest.article_id, latest.content_hash, latest.metadata_hash, latest.observed_at, latest.extractor, latest.ruleset_id,
  latest.snapshot_id, latest.flags, coalesce(texts.material_hash, latest.content_hash) as material_hash
from latest
left join texts using (article_id, content_hash);
