-- Which recent articles contain a phrase? contains() with a date bound needs no index.
select published_on, publisher_id, title
from articles_current
where first_seen_at >= now() - interval 30 days
  and contains(lower("text"), 'decision')
order by published_on desc nulls last, title
limit 10;
