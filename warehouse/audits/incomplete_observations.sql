-- Every observation has its article, text, metadata, ledger and page.
with observed as (
  select article_id, content_hash, metadata_hash, ruleset_id, snapshot_id, page_id, recorded_at
  from article_observations
  where $run_id::uuid is null or run_id = $run_id::uuid
), incomplete as (
  select article_id, recorded_at, 'article' as part from observed anti join articles using (article_id)
  union all
  select article_id, recorded_at, 'text' as part from observed anti join article_texts using (article_id, content_hash)
  union all
  select article_id, recorded_at, 'metadata' as part from observed anti join article_metadata using (article_id, metadata_hash)
  union all
  select article_id, recorded_at, 'page' as part from observed anti join pages using (page_id)
  union all
  select observed.article_id, observed.recorded_at, 'ledger' as part
  from observed
  anti join article_blocks as ledgers
    on ledgers.article_id = observed.article_id
    and ledgers.content_hash = observed.content_hash
    and ledgers.ruleset_id = observed.ruleset_id
    and ledgers.snapshot_id is not distinct from observed.snapshot_id
)
select article_id::varchar as subject, concat('no ', part, ' for the observation recorded at ', recorded_at) as detail
from incomplete;
