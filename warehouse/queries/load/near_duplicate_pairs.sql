-- Staged rows of near_duplicate_pairs whose (article_a, content_hash_a, article_b, content_hash_b) is not there yet.
insert into near_duplicate_pairs (
  article_a, content_hash_a, article_b, content_hash_b, shared_shingles, similarity, contained_a, contained_b, found_at, run_id
)
select
  staged.article_a, staged.content_hash_a, staged.article_b, staged.content_hash_b, staged.shared_shingles, staged.similarity,
  staged.contained_a, staged.contained_b, staged.found_at, staged.run_id
from staged
anti join (
  select article_a, content_hash_a, article_b, content_hash_b
  from near_duplicate_pairs
  semi join staged using (article_a)
) as stored using (article_a, content_hash_a, article_b, content_hash_b);
