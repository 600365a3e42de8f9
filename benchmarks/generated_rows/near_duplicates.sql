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
  least(article_id, article_id(text_key)),
  if(article_id < article_id(text_key), content_hash, digest('content', text_key, 1)),
  greatest(article_id, article_id(text_key)),
  if(article_id < article_id(text_key), digest('content', text_key, 1), content_hash),
  greatest(1, word_count - 3), 1.0, 1.0, 1.0, observed_at + interval 1 minute, run_id
from versions
where text_key <> n and version = 1;
