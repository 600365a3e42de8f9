-- Articles as the pages fetched until one instant showed them, read as observations recorded until another instant did, one row per article.
-- Both articles_current and the macros that look back are this, so that they cannot disagree.
-- A bound on articles, as first_seen_at, decides which observations are looked at (hence lateral), and where texts stand is found without
-- reading any (hence their rowid). Conditions on a headline or text are asked last, of what is left then (hence their case): else DuckDB asks
-- them first, of every text.
create or replace macro articles_at(shown_until, recorded_until) as table
select
  articles.article_id,
  articles.canonical_url as url,
  articles.publisher_id,
  case when texts.content_hash = latest.content_hash then texts.title end as title,
  metadata.subtitle,
  metadata.authors,
  case when texts.content_hash = latest.content_hash then texts."text" end as "text",
  texts.language,
  texts.word_count,
  texts.paragraph_count,
  metadata.published_at,
  metadata.published_on,
  metadata.published_precision,
  metadata.published_source,
  metadata.modified_at,
  metadata.section,
  metadata.tags,
  metadata.credits,
  metadata.captions,
  metadata.corrections,
  metadata.image_url,
  articles.first_seen_at,
  latest.observed_at as last_observed_at,
  case
    when metadata.published_precision = 'second' then least(metadata.published_at, articles.first_seen_at)
    else articles.first_seen_at
  end as known_at,
  case
    when metadata.published_precision = 'second' and metadata.published_at <= articles.first_seen_at then 'publisher'
    else 'first seen'
  end as known_by,
  latest.flags,
  latest.content_hash,
  latest.metadata_hash,
  latest.page_id,
  latest.extractor,
  latest.ruleset_id,
  latest.snapshot_id
from articles
join lateral (
  select content_hash, metadata_hash, observed_at, page_id, cause, extractor, ruleset_id, snapshot_id, flags
  from article_observations as observed
  where observed.article_id = articles.article_id
    and observed.observed_at <= cast(shown_until as timestamptz)
    and observed.recorded_at <= cast(recorded_until as timestamptz)
  order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  limit 1
) as latest on true
join article_texts as named on named.article_id = articles.article_id and named.content_hash = latest.content_hash
join article_texts as texts on texts.rowid = named.rowid
join article_metadata as metadata on metadata.article_id = articles.article_id and metadata.metadata_hash = latest.metadata_hash;
