-- The same among the texts that were written last, as many as are not compared yet: mostly it is they. A text has one day, so
-- that signatures of other days are not looked through.
with written_last as (
  select article_id, content_hash, first_seen_date
  from article_texts
  where rowid >= $texts - $unsigned
), signed as materialized (
  select article_id, content_hash
  from text_signatures
  semi join written_last using (article_id)
  where first_seen_date between (select min(first_seen_date) from written_last) and (select max(first_seen_date) from written_last)
)
select written_last.article_id, written_last.content_hash
from written_last
anti join signed using (article_id, content_hash)
order by written_last.first_seen_date, written_last.article_id, written_last.content_hash
limit $limit;
