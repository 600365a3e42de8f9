-- Newest readings of the staged articles, one row each, with where the page they were read from lies.
-- Where they stand is found without reading the wide columns.
with readings as (
  select article_id, content_hash, metadata_hash, observed_at, page_id, extractor, ruleset_id, snapshot_id
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
)
select
  readings.article_id, articles.publisher_id, readings.content_hash, readings.metadata_hash, readings.observed_at, readings.page_id,
  readings.extractor, readings.ruleset_id, readings.snapshot_id, pages.final_url, pages.content_type, pages.body_hash,
  pages.archive_file, pages.archive_offset, pages.archive_length
from readings
join articles using (article_id)
join pages using (page_id)
order by readings.article_id;
