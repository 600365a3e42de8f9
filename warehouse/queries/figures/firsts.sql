-- Who had first what several publishers printed: one row per publisher, over the clusters of which an article was first seen in the window.
with touched as (
  select distinct members.cluster_id
  from near_duplicate_clusters as members
  join articles using (article_id)
  where members.publishers > 1 and articles.first_seen_at >= $since and articles.first_seen_at < $until
    and ($publisher_id::varchar is null or articles.publisher_id = $publisher_id)
), carried as (
  select members.cluster_id, members.publisher_id, bool_or(members.is_first) as was_first
  from near_duplicate_clusters as members
  join touched using (cluster_id)
  group by members.cluster_id, members.publisher_id
)
select publisher_id, count(*) filter (where was_first) as had_first, count(*) filter (where not was_first) as had_later
from carried
group by publisher_id
order by had_first desc, had_later desc, publisher_id
limit $rows;
