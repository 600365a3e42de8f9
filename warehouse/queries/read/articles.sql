-- Articles among the staged ids, one row per article.
select
  article_id, url_key, canonical_url, publisher_id, first_seen_at, first_seen_date
from articles
semi join staged using (article_id);
