-- Ledgers of the staged articles as they stand now, one row each, with the text that their spans are of. day: published, or first seen.
-- place: where the ledger stands in its table, by which its blocks are asked for. Ledgers and texts are found without reading them.
with readings as (
  select article_id, content_hash, metadata_hash, ruleset_id, snapshot_id
  from article_observations
  where rowid in (
    select stored.rowid
    from article_observations as stored
    semi join staged using (article_id)
  )
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
), texts as materialized (
  select article_id, content_hash, text
  from article_texts
  where rowid in (
    select stored.rowid
    from article_texts as stored
    semi join staged using (article_id)
  )
), ledgers as (
  select
    ledger.rowid as place, ledger.article_id, ledger.content_hash, ledger.snapshot_id, readings.metadata_hash
  from article_blocks as ledger
  join readings
    on readings.article_id = ledger.article_id
    and readings.content_hash = ledger.content_hash
    and readings.ruleset_id = ledger.ruleset_id
    and readings.snapshot_id is not distinct from ledger.snapshot_id
  where ledger.rowid in (
    select stored.rowid
    from article_blocks as stored
    semi join staged using (article_id)
  )
)
select
  ledgers.place,
  ledgers.article_id,
  coalesce(metadata.published_on, articles.first_seen_date) as day,
  ledgers.snapshot_id,
  texts.text
from ledgers
join articles using (article_id)
join article_metadata as metadata
  on metadata.article_id = ledgers.article_id and metadata.metadata_hash = ledgers.metadata_hash
join texts
  on texts.article_id = ledgers.article_id and texts.content_hash = ledgers.content_hash
order by ledgers.article_id;
