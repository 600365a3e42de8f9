-- Articles as the pages fetched until one instant showed them, read as observations recorded until another instant did, one row per article.
-- Both articles_current and the macros that look back are this, so that they cannot disagree.
create or replace macro articles_at(shown_until, recorded_until) as table
with latest as (
  select article_id, content_hash, metadata_hash, observed_at, page_id, cause, extractor, ruleset_id, snapshot_id, flags
  from article_observations
  where observed_at <= cast(shown_until as timestamptz)
    and recorded_at <= cast(recorded_until as timestamptz)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
)
select
  articles.article_id,
  articles.canonical_url as url,
  articles.publisher_id,
  texts.title,
  metadata.subtitle,
  metadata.authors,
  texts.text,
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
join latest using (article_id)
join article_texts as texts using (article_id, content_hash)
join article_metadata as metadata using (article_id, metadata_hash);
