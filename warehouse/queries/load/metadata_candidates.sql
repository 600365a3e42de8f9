-- Staged rows of metadata_candidates whose (article_id, metadata_hash, field, value, source) is not there yet.
-- Of new articles nothing is there, so that for them the table is not looked through.
insert into metadata_candidates (
  article_id, metadata_hash, field, value, source, chosen, why
)
select
  staged.article_id, staged.metadata_hash, staged.field, staged.value, staged.source, staged.chosen, staged.why
from staged
anti join (
  select article_id, metadata_hash, field, value, source
  from metadata_candidates
  semi join (select article_id from staged anti join new_articles using (article_id)) as known using (article_id)
) as stored using (article_id, metadata_hash, field, value, source);
