-- The same by publisher, in seconds: one row per publisher, and first one of all (publisher_id NULL).
select
  publisher_id,
  count(*) as articles,
  quantile_cont(lag_seconds, 0.5) as median_seconds,
  quantile_cont(lag_seconds, 0.9) as nine_of_ten_seconds
from publication_lags
where first_seen_at >= $since and first_seen_at < $until
  and ($publisher_id::varchar is null or publisher_id = $publisher_id)
group by grouping sets ((), (publisher_id))
having count(*) > 0
order by grouping(publisher_id) desc, articles desc, publisher_id
limit $rows;
