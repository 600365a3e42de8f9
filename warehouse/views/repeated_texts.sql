-- Texts that several articles of a publisher have alike, one row per publisher and text: a wall that no rule knows, or an article at two addresses.
create or replace view repeated_texts as
select
  publisher_id,
  count(*) as articles,
  count(distinct title) as titles,
  min(first_seen_at) as first_seen_at,
  max(first_seen_at) as last_seen_at,
  min(url) as example_url,
  left(min(text), 200) as example
from articles_current
group by publisher_id, hash(text)
having count(*) > 1;
