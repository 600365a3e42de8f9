-- Texts that were not compared with the others yet, oldest day first. Which they are is found without reading any text.
with unsigned as (
  select texts.rowid as row_number, texts.first_seen_date, texts.article_id, texts.content_hash
  from article_texts as texts
  anti join text_signatures using (article_id, content_hash)
  order by texts.first_seen_date, texts.article_id, texts.content_hash
  limit $limit
)
select texts.article_id, texts.content_hash, texts.first_seen_date, texts."text"
from article_texts as texts
where texts.rowid in (select row_number from unsigned)
order by texts.first_seen_date, texts.article_id, texts.content_hash;
