-- Articles, one row per publisher that has any.
select publisher_id, count(*) as articles
from articles
group by publisher_id;
