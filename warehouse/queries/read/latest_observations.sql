-- Newest observations, one row per staged article that has any. Ties fall as they do in article_readings.
-- Where they stand is found without reading the wide columns.
select article_id, content_hash, metadata_hash, observed_at, ruleset_id, snapshot_id, flags
from article_observations
where rowid in (
  select stored.rowid
  from article_observations as stored
  semi join staged using (article_id)
)
qualify row_number() over (
  partition by article_id
  order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
) = 1;
