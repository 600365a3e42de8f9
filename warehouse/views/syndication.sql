-- Syndication, one row per two publishers: how many articles of the one are copies of what the other had first.
create or replace view syndication as
select
  firsts.publisher_id as first_publisher_id,
  copies.publisher_id as later_publisher_id,
  count(*) as articles,
  median(copies.copied_share) as copied_share,
  median(date_diff('second', firsts.known_at, copies.known_at)) / 60.0 as lag_minutes,
  count(*) filter (where firsts.known_by = 'publisher' and copies.known_by = 'publisher') as exactly_timed,
  mode(array_to_string(copies.credited_by_both, ', ')) filter (where len(copies.credited_by_both) > 0) as mostly_credited,
  max(copies.known_at) as last_known_at
from near_duplicate_clusters as copies
join near_duplicate_clusters as firsts on firsts.cluster_id = copies.cluster_id and firsts.is_first
where not copies.is_first and copies.publisher_id <> firsts.publisher_id
group by firsts.publisher_id, copies.publisher_id;
