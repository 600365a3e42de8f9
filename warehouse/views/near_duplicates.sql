-- Near-duplicates, one row per two articles whose current texts agree word for word in good part; the one that was known first stands first.
create or replace view near_duplicates as
with paired as (
  select article_a as article_id from near_duplicate_pairs
  union
  select article_b from near_duplicate_pairs
), standing as materialized (
  select
    current.article_id, current.content_hash, current.publisher_id, current.url, current.title, current.known_at, current.known_by,
    list_distinct(list_concat(current.credits, current.authors)) as credited
  from articles_current as current
  semi join paired using (article_id)
), sides as (
  select
    a as a, b as b, pairs.similarity, pairs.contained_a, pairs.contained_b,
    (a.known_at, a.article_id) < (b.known_at, b.article_id) as a_is_first
  from near_duplicate_pairs as pairs
  join standing as a on a.article_id = pairs.article_a and a.content_hash = pairs.content_hash_a
  join standing as b on b.article_id = pairs.article_b and b.content_hash = pairs.content_hash_b
), ordered as (
  select
    if(a_is_first, a, b) as earlier,
    if(a_is_first, b, a) as later,
    similarity,
    if(a_is_first, contained_a, contained_b) as earlier_contained,
    if(a_is_first, contained_b, contained_a) as later_contained
  from sides
)
select
  earlier.article_id as first_article_id,
  earlier.publisher_id as first_publisher_id,
  earlier.url as first_url,
  earlier.title as first_title,
  earlier.known_at as first_known_at,
  earlier.known_by as first_known_by,
  later.article_id as later_article_id,
  later.publisher_id as later_publisher_id,
  later.url as later_url,
  later.title as later_title,
  later.known_at as later_known_at,
  later.known_by as later_known_by,
  similarity,
  earlier_contained as reused_share,
  later_contained as copied_share,
  list_sort(list_intersect(earlier.credited, later.credited)) as credited_by_both
from ordered;
