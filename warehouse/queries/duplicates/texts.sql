-- The staged texts, by article and content_hash, oldest day first. Where they stand is found by a narrow column, without reading any text.
with near as materialized (
  select rowid as row_number, article_id, content_hash
  from article_texts
  where rowid in (select stored.rowid from article_texts as stored semi join staged using (article_id))
), asked as (
  select row_number
  from near
  semi join staged using (article_id, content_hash)
)
select texts.article_id, texts.content_hash, texts.first_seen_date, texts."text"
from article_texts as texts
where texts.rowid in (select row_number from asked)
order by texts.first_seen_date, texts.article_id, texts.content_hash;
