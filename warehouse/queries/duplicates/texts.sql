-- The staged texts, by article and content_hash.
select texts.article_id, texts.content_hash, texts."text"
from article_texts as texts
semi join staged using (article_id, content_hash);
