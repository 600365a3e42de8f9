-- Staged rows of article_observations whose (page_id, article_id, recorded_at) is not there yet.
insert into article_observations (
  article_id, content_hash, metadata_hash, observed_at, recorded_at, page_id, run_id, cause, extractor, ruleset_id,
  snapshot_id, flags
)
select
  staged.article_id, staged.content_hash, staged.metadata_hash, staged.observed_at, staged.recorded_at, staged.page_id,
  staged.run_id, staged.cause, staged.extractor, staged.ruleset_id, staged.snapshot_id, staged.flags
from staged
anti join (
  select page_id, article_id, recorded_at
  from article_observations
  semi join staged using (page_id)
) as stored using (page_id, article_id, recorded_at);
