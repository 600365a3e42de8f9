-- The shares of a pair of near-duplicates follow from the runs of words that its two texts have, and no article is a near-duplicate of itself.
with own_pairs as (
  select article_a, content_hash_a, article_b, content_hash_b, shared_shingles, similarity, contained_a, contained_b
  from near_duplicate_pairs
  where $run_id::uuid is null or run_id = $run_id::uuid
), paired as (
  select article_a as article_id from own_pairs
  union
  select article_b from own_pairs
), signed as materialized (
  select article_id, content_hash, shingles
  from text_signatures
  where rowid in (select stored.rowid from text_signatures as stored semi join paired using (article_id))
), counted as (
  select own_pairs.*, a.shingles as shingles_a, b.shingles as shingles_b
  from own_pairs
  join signed as a on a.article_id = article_a and a.content_hash = content_hash_a
  join signed as b on b.article_id = article_b and b.content_hash = content_hash_b
)
select
  concat_ws(' ', article_a, article_b) as subject,
  concat_ws(' ', shared_shingles, 'of', shingles_a, 'and', shingles_b, 'are shared; shares', similarity, contained_a, contained_b) as detail
from counted
where article_a >= article_b
  or shared_shingles > least(shingles_a, shingles_b)
  or abs(contained_a - shared_shingles / shingles_a) > 0.001
  or abs(contained_b - shared_shingles / shingles_b) > 0.001
  or abs(similarity - shared_shingles / (shingles_a + shingles_b - shared_shingles)) > 0.001;
