-- Staged rows of text_signatures whose (article_id, content_hash) is not there yet. Those of the same articles are found by a narrow column.
insert into text_signatures (
  article_id, content_hash, first_seen_date, shingles, sampled
)
select staged.article_id, staged.content_hash, staged.first_seen_date, staged.shingles, staged.sampled
from staged
anti join (
  select article_id, content_hash
  from text_signatures
  where rowid in (select known.rowid from text_signatures as known semi join staged using (article_id))
) as stored using (article_id, content_hash);
