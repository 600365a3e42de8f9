-- Staged rows of metadata_candidates whose (article_id, metadata_hash, field, value, source) is not there yet.
insert into metadata_candidates (
  article_id, metadata_hash, field, value, source, chosen, why
)
select
  staged.article_id, staged.metadata_hash, staged.field, staged.value, staged.source, staged.chosen, staged.why
from staged
anti join metadata_candidates as stored using (article_id, metadata_hash, field, value, source);
