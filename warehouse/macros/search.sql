-- Articles first seen at `since` or later that have all words of q in headline and text, as they stand now; one row per article.
-- Texts are searched first, and only of those that match is it found out whether they stand now: as in articles_at.
create or replace macro search(q, since) as table
with matching as (
  select article_id, content_hash, title, "text", language, concat_ws(chr(10), title, "text") as words
  from article_texts
  where first_seen_date >= cast(cast(since as timestamptz) at time zone 'UTC' as date)
    and search_matches(words, q)
), latest as (
  select article_id, content_hash, metadata_hash
  from article_observations
  semi join matching using (article_id)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
)
select
  matching.article_id,
  articles.first_seen_at,
  metadata.published_on,
  articles.publisher_id,
  matching.language,
  matching.title,
  articles.canonical_url as url,
  coalesce(regexp_matches(matching.title, search_terms(q, false)[1]), false) as is_in_title,
  search_snippet(matching."text", search_terms(q, false)[1]) as snippet
from matching
join latest using (article_id, content_hash)
join articles using (article_id)
join article_metadata as metadata using (article_id, metadata_hash)
where articles.first_seen_at >= cast(since as timestamptz)
union all
select null, null, null, null, null, null, null, null, null
where case
  when q is not null and (search_terms(q, false)[1] is null or search_terms(q, false)[7] is not null)
    then cast(error('search for one to six words; put words that follow each other in quotes') as boolean)
  else false
end;
