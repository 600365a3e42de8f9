-- The same among the texts that were written last, as many as are not compared yet: mostly it is they. Signatures are found by a narrow column.
with written_last as (
  select article_id, content_hash, first_seen_date
  from article_texts
  where rowid >= $texts - $unsigned
), signed as materialized (
  select article_id, content_hash
  from text_signatures
  where rowid in (select stored.rowid from text_signatures as stored semi join written_last using (article_id))
)
select written_last.article_id, written_last.content_hash
from written_last
anti join signed using (article_id, content_hash)
order by written_last.first_seen_date, written_last.article_id, written_last.content_hash
limit $limit;
