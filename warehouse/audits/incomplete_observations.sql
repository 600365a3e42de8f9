-- Every observation has its article, text, metadata, ledger and page.
with observed as (
  select article_id, content_hash, metadata_hash, ruleset_id, snapshot_id, page_id, recorded_at
  from article_observations
  where $run_id::uuid is null or run_id = $run_id::uuid
), known_elsewhere as (
  select article_id, recorded_at
  from observed
  anti join (select article_id from articles where rowid >= $articles_before) as own using (article_id)
), written_elsewhere as (
  select article_id, content_hash, recorded_at
  from observed
  anti join (select article_id, content_hash from article_texts where rowid >= $article_texts_before) as own using (article_id, content_hash)
), described_elsewhere as (
  select article_id, metadata_hash, recorded_at
  from observed
  anti join (
    select article_id, metadata_hash
    from article_metadata
    where rowid >= $article_metadata_before
  ) as own using (article_id, metadata_hash)
), cleaned_elsewhere as (
  select observed.article_id, observed.content_hash, observed.ruleset_id, observed.snapshot_id, observed.recorded_at
  from observed
  anti join (
    select article_id, content_hash, ruleset_id, snapshot_id
    from article_blocks
    where rowid >= $article_blocks_before
  ) as own
    on own.article_id = observed.article_id
    and own.content_hash = observed.content_hash
    and own.ruleset_id = observed.ruleset_id
    and own.snapshot_id is not distinct from observed.snapshot_id
), fetched_elsewhere as (
  select article_id, page_id, recorded_at
  from observed
  anti join (select page_id from pages where $run_id::uuid is null or run_id = $run_id::uuid) as own using (page_id)
), incomplete as (
  select article_id, recorded_at, 'article' as part from known_elsewhere anti join articles using (article_id)
  union all
  select article_id, recorded_at, 'text' as part from written_elsewhere anti join article_texts using (article_id, content_hash)
  union all
  select article_id, recorded_at, 'metadata' as part from described_elsewhere anti join article_metadata using (article_id, metadata_hash)
  union all
  select article_id, recorded_at, 'page' as part from fetched_elsewhere anti join pages using (page_id)
  union all
  select observed.article_id, observed.recorded_at, 'ledger' as part
  from cleaned_elsewhere as observed
  anti join article_blocks as ledgers
    on ledgers.article_id = observed.article_id
    and ledgers.content_hash = observed.content_hash
    and ledgers.ruleset_id = observed.ruleset_id
    and ledgers.snapshot_id is not distinct from observed.snapshot_id
)
select article_id::varchar as subject, concat('no ', part, ' for the observation recorded at ', recorded_at) as detail
from incomplete;
