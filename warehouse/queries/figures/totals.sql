-- How much there is: one row, over the window, the window of the same length before it, and all time.
with chosen as (
  select article_id, publisher_id, first_seen_at, first_seen_at >= $since and first_seen_at < $until as is_in_window
  from articles
  where $publisher_id::varchar is null or publisher_id = $publisher_id
)
select
  count(*) filter (where is_in_window) as articles,
  count(*) filter (where first_seen_at >= $since::timestamptz - ($until::timestamptz - $since::timestamptz) and first_seen_at < $since) as articles_before,
  count(*) as articles_ever,
  count(distinct publisher_id) filter (where is_in_window) as publishers,
  count(distinct publisher_id) as publishers_ever,
  min(first_seen_at) as first_article_at,
  min(first_seen_at) filter (where is_in_window) as first_in_window_at,
  max(first_seen_at) as last_article_at
from chosen;
