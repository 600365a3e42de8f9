-- The staged texts, by article and content_hash, oldest day first. Where they stand is found without reading any text.
with asked as (
  select texts.rowid as row_number
  from article_texts as texts
  semi join staged using (article_id, content_hash)
)
select texts.article_id, texts.content_hash, texts.first_seen_date, texts."text"
from article_texts as texts
where texts.rowid in (select row_number from asked)
order by texts.first_seen_date, texts.article_id, texts.content_hash;
