-- Ledger blocks of the staged articles as they stand now, one row per block, in document order. day: published, or first seen.
-- Where ledgers and texts stand is found without reading them.
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
), ledgers as (
  select ledger.article_id, ledger.content_hash, ledger.snapshot_id, readings.metadata_hash, unnest(ledger.blocks) as block
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
  ledgers.article_id,
  coalesce(metadata.published_on, articles.first_seen_date) as day,
  ledgers.snapshot_id,
  block.position,
  coalesce(block."text", substring(texts.text, block.char_start + 1, block.char_end - block.char_start)) as "text",
  block.kind,
  block.dom_path,
  block.link_density,
  block.role,
  block.verdict,
  block.rule_id
from ledgers
join articles using (article_id)
join article_metadata as metadata
  on metadata.article_id = ledgers.article_id and metadata.metadata_hash = ledgers.metadata_hash
join article_texts as texts
  on texts.article_id = ledgers.article_id and texts.content_hash = ledgers.content_hash
where texts.rowid in (
  select stored.rowid
  from article_texts as stored
  semi join staged using (article_id)
)
order by ledgers.article_id, block.position;
