-- Rows of the tables that only ever grow and do not say which run wrote a row. Counts of whole tables cost nothing.
select
  (select count(*) from articles) as articles,
  (select count(*) from article_texts) as article_texts,
  (select count(*) from article_metadata) as article_metadata,
  (select count(*) from article_blocks) as article_blocks,
  (select count(*) from metadata_candidates) as metadata_candidates,
  (select count(*) from entry_aliases) as entry_aliases,
  (select count(*) from text_signatures) as text_signatures;
