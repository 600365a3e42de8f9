-- The view of this name as it stands, computed once for the queries that ask it.
create temp table near_duplicate_clusters as
select cluster_id, article_id, is_first, publisher_id, url, title, known_at, known_by, copied_share, articles, publishers
from main.near_duplicate_clusters;
