-- Signatures of the texts of this part, and the pairs of those that were copied.
insert into text_signatures (article_id, content_hash, first_seen_date, shingles, sampled)
with sampled as (
  select
    *,
    greatest(1, word_count - 3) as shingles,
    least(8, greatest(1, greatest(1, word_count - 3) // 50)) as divisor
  from versions
)
select
  article_id, content_hash, cast(observed_at as date), shingles,
  list_transform(range(shingles // divisor), i -> cast(
    floor(
      (i + chance(if(version > 1 and i = 0, concat('shingle ', version), 'shingle'), text_key, i))
      * (4294967295 // divisor) / (shingles // divisor)
    ) as uinteger
  ))
from sampled;

insert into near_duplicate_pairs (
  article_a, content_hash_a, article_b, content_hash_b, shared_shingles, similarity, contained_a, contained_b, found_at, run_id
)
select
  least(copies.article_id, sources.article_id),
  if(copies.article_id < sources.article_id, copies.content_hash, sources.content_hash),
  greatest(copies.article_id, sources.article_id),
  if(copies.article_id < sources.article_id, sources.content_hash, copies.content_hash),
  greatest(1, copies.word_count - 3), 1.0, 1.0, 1.0, copies.observed_at + interval 1 minute, copies.run_id
from versions as copies
join versions as sources on sources.n = copies.text_key and sources.version = 1
where copies.text_key <> copies.n and copies.version = 1;
