-- Articles that a ranked search finds, one row per article, the best first. The index says which articles to look at and how well they fit;
-- unless is_exact, their texts are read for phrases and for what is excluded, as search() does.
with scored as (
  select name as article_id, round(fts_main_search_words.match_bm25(name, $tokens, conjunctive := $is_all), 4) as score
  from fts_main_search_words.docs
), matching as (
  select articles.article_id, articles.first_seen_at, articles.publisher_id, articles.canonical_url as url, scored.score
  from scored
  join articles using (article_id)
  where scored.score is not null
    and articles.first_seen_at >= cast($since as timestamptz)
    and (cast($until as timestamptz) is null or articles.first_seen_at < cast($until as timestamptz))
    and (cast($publisher_id as varchar) is null or articles.publisher_id = cast($publisher_id as varchar))
), latest as (
  select matching.*, content_hash, metadata_hash
  from article_observations
  join matching using (article_id)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
), of_language as (
  select latest.*
  from latest
  join article_texts as texts using (article_id, content_hash)
  where cast($language as varchar) is null or texts.language = cast($language as varchar)
), doubtful as (
  select *
  from of_language
  where not $is_exact
), confirmed as (
  select * from of_language where $is_exact
  union all
  select doubtful.*
  from doubtful
  join article_texts as texts using (article_id, content_hash)
  where search_matches(concat_ws(chr(10), texts.title, texts."text"), $words)
), best as materialized (
  select *
  from confirmed
  order by score desc, first_seen_at desc, url
  limit $most
)
select
  best.first_seen_at,
  metadata.published_on,
  best.publisher_id,
  texts.language,
  texts.title,
  best.url,
  coalesce(regexp_matches(texts.title, search_terms($words, false)[1]), false) as is_in_title,
  search_snippet(texts."text", search_terms($words, false)[1]) as snippet,
  best.article_id,
  best.score
from best
join article_texts as texts using (article_id, content_hash)
join article_metadata as metadata using (article_id, metadata_hash)
order by best.score desc, best.first_seen_at desc, best.url;
