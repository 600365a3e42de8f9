-- Newest observations, one row per staged article that has any. Ties fall as they do in article_readings.
with latest as (
  select article_id, content_hash, metadata_hash, observed_at, ruleset_id, snapshot_id, flags
  from article_observations
  semi join staged using (article_id)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
)
select
  latest.article_id, latest.content_hash, latest.metadata_hash, latest.observed_at, latest.ruleset_id, latest.snapshot_id, latest.flags,
  coalesce(texts.material_hash, latest.content_hash) as material_hash
from latest
left join article_texts as texts using (article_id, content_hash);
