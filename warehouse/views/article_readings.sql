-- Readings of pages, one row per article and page observed: what the newest cleaning of that page says.
-- Other views of articles start from here.
create or replace view article_readings as
select
  article_id, content_hash, metadata_hash, observed_at, recorded_at, page_id, run_id, cause, extractor, ruleset_id, snapshot_id, flags
from article_observations
qualify row_number() over (
  partition by article_id, observed_at
  order by recorded_at desc, content_hash, metadata_hash, page_id
) = 1;
