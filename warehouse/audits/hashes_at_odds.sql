-- The id of an article follows from its address, and the hash of a text from headline, text and correction notices: nothing was edited in place.
-- Texts with control characters that this query would spell otherwise than the program are passed over.
with identities as (
  select article_id, url_key, sha1(unhex('5d3c1f0e6f2b5b0a9c586f5f0a4e6d21') || encode(url_key)) as digest
  from articles
  where rowid >= $articles_before
), texts as materialized (
  select article_id, content_hash, title, text
  from article_texts
  where rowid >= $article_texts_before
), observed as (
  select article_id, content_hash, metadata_hash
  from article_observations
  semi join texts using (article_id, content_hash)
  where $run_id::uuid is null or run_id = $run_id::uuid
), own_metadata as (
  select article_id, metadata_hash, corrections
  from article_metadata
  where rowid >= $article_metadata_before
), described_elsewhere as (
  select article_id, metadata_hash
  from observed
  anti join own_metadata using (article_id, metadata_hash)
), metadata as (
  select article_id, metadata_hash, corrections
  from own_metadata
  union all
  select article_id, metadata_hash, corrections
  from article_metadata
  semi join described_elsewhere using (article_id, metadata_hash)
  where rowid < $article_metadata_before
), said as (
  select distinct observed.article_id, observed.content_hash, metadata.corrections
  from observed
  join metadata using (article_id, metadata_hash)
), hashed as (
  select
    article_id,
    content_hash,
    left(sha256(concat(
      '[', coalesce(to_json(texts.title)::varchar, 'null'), ', ', to_json(texts.text)::varchar, ', [',
      array_to_string([to_json(correction)::varchar for correction in said.corrections], ', '), ']]'
    )), 32) as found
  from said
  join texts using (article_id, content_hash)
  where not regexp_matches(
    concat_ws(' ', texts.title, texts.text, array_to_string(said.corrections, ' ')), '[\x{0B}\x{0E}\x{0F}\x{1A}-\x{1F}]'
  )
)
select article_id::varchar as subject, concat('another id than that of ', url_key) as detail
from identities
where article_id <> concat(
  digest[1:12], '5', digest[14:16], substring('89ab', (('0x' || digest[17])::integer & 3) + 1, 1), digest[18:32]
)::uuid
union all
select concat_ws(' ', article_id, content_hash), concat('headline, text and corrections have the hash ', found)
from hashed
where found <> content_hash;
