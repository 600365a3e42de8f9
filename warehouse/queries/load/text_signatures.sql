-- Staged rows of text_signatures whose (article_id, content_hash) is not there yet. A text has one day, so that
-- those of other days are not looked through.
insert into text_signatures (
  article_id, content_hash, first_seen_date, shingles, sampled
)
select staged.article_id, staged.content_hash, staged.first_seen_date, staged.shingles, staged.sampled
from staged
anti join (
  select article_id, content_hash
  from text_signatures
  semi join staged using (article_id)
  where first_seen_date between (select min(first_seen_date) from staged) and (select max(first_seen_date) from staged)
) as stored using (article_id, content_hash);
