-- Clusters of near-duplicates, one row per cluster and article: an article, and those known later of which it is the earliest near-duplicate.
-- Every article is directly near the first of its cluster: nothing is chained. An article in between may be a copy in one and first in another.
create or replace view near_duplicate_clusters as
with earliest as (
  select
    later_article_id as article_id,
    arg_min(
      {
        'first_article_id': first_article_id, 'similarity': similarity, 'copied_share': copied_share, 'credited': credited_by_both
      },
      (first_known_at, first_article_id)
    ) as source
  from near_duplicates
  group by later_article_id
), members as (
  select
    source.first_article_id as cluster_id, article_id, false as is_first, source.similarity as similarity,
    source.copied_share as copied_share, source.credited as credited_by_both
  from earliest
  union all
  select distinct source.first_article_id, source.first_article_id, true, null, null, null
  from earliest
)
select
  members.cluster_id,
  members.article_id,
  members.is_first,
  current.publisher_id,
  current.url,
  current.title,
  current.known_at,
  current.known_by,
  members.similarity,
  members.copied_share,
  members.credited_by_both,
  count(*) over (partition by members.cluster_id) as articles,
  count(distinct current.publisher_id) over (partition by members.cluster_id) as publishers
from members
join articles_current as current using (article_id);
