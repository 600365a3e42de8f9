-- The largest clusters of near-duplicates of which an article was first seen in the window: one row per article, the earliest of each first.
with touched as (
  select members.cluster_id, any_value(members.publishers) as publishers, any_value(members.articles) as articles
  from near_duplicate_clusters as members
  join articles using (article_id)
  where articles.first_seen_at >= $since and articles.first_seen_at < $until
    and ($publisher_id::varchar is null or articles.publisher_id = $publisher_id)
  group by members.cluster_id
), largest as (
  select cluster_id
  from touched
  order by publishers desc, articles desc, cluster_id
  limit $clusters
), shown as (
  select members.*, (select count(*) from touched) as clusters
  from near_duplicate_clusters as members
  join largest using (cluster_id)
  qualify row_number() over (
    partition by members.cluster_id
    order by members.is_first desc, members.known_at, members.article_id
  ) <= $members
), languages as (
  select article_id, min(language) as language
  from article_texts
  semi join shown using (article_id)
  group by article_id
)
select
  cluster_id, is_first, publisher_id, url, left(title, 300) as title, languages.language, known_at, known_by, copied_share, articles, publishers, clusters
from shown
left join languages using (article_id)
order by publishers desc, articles desc, cluster_id, is_first desc, known_at, article_id;
