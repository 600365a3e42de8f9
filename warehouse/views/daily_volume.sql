-- Articles per publisher and day, one row per publisher and UTC day on which any was first seen.
create or replace view daily_volume as
select
  publisher_id,
  cast(first_seen_at at time zone 'UTC' as date) as day,
  count(*) as articles,
  sum(word_count) as words,
  count(*) filter (where published_on is null) as undated
from articles_current
group by all;
