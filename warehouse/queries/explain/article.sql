-- The article with that id, as it stands now.
select
  article_id, url, publisher_id, title, subtitle, authors, published_at, published_on, published_source, language, word_count, flags,
  first_seen_at, last_observed_at, extractor, ruleset_id, snapshot_id, content_hash, metadata_hash, page_id
from articles_current
where article_id = $article_id;
