-- Staged rows of article_texts whose (article_id, content_hash) is not there yet.
-- Of new articles nothing is there, so that for them the table is not looked through.
insert into article_texts (
  article_id, content_hash, title, text, language, word_count, paragraph_count, first_seen_date, material_hash
)
select
  staged.article_id, staged.content_hash, staged.title, staged.text, staged.language, staged.word_count,
  staged.paragraph_count, staged.first_seen_date, staged.material_hash
from staged
anti join (
  select article_id, content_hash
  from article_texts
  semi join (select article_id from staged anti join new_articles using (article_id)) as known using (article_id)
) as stored using (article_id, content_hash);
