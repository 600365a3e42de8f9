-- Texts that were not compared with the others yet, by key, oldest day first.
select texts.article_id, texts.content_hash
from article_texts as texts
anti join text_signatures using (article_id, content_hash)
order by texts.first_seen_date, texts.article_id, texts.content_hash
limit $limit;
