-- Staged rows of article_metadata whose (article_id, metadata_hash) is not there yet.
-- Of new articles nothing is there, so that for them the table is not looked through.
insert into article_metadata (
  article_id, metadata_hash, subtitle, authors, section, tags, credits, captions, corrections, image_url, published_at, published_on,
  published_precision, published_source, modified_at, first_seen_date
)
select
  staged.article_id, staged.metadata_hash, staged.subtitle, staged.authors, staged.section, staged.tags, staged.credits,
  staged.captions, staged.corrections, staged.image_url, staged.published_at, staged.published_on, staged.published_precision,
  staged.published_source, staged.modified_at, staged.first_seen_date
from staged
anti join (
  select article_id, metadata_hash
  from article_metadata
  semi join (select article_id from staged anti join new_articles using (article_id)) as known using (article_id)
) as stored using (article_id, metadata_hash);
