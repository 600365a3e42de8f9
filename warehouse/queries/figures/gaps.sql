-- Gaps in the window: one row per gap, newest first; ever so many there are in all.
select
  gaps.feed_id, feeds.publisher_id, gaps.previous_polled_at, gaps.polled_at, gaps.hours, gaps.entries_before, gaps.entries,
  count(*) over () as gaps
from gaps
join feeds using (feed_id)
where gaps.polled_at >= $since and gaps.polled_at < $until
  and ($publisher_id::varchar is null or feeds.publisher_id = $publisher_id)
order by gaps.polled_at desc, gaps.feed_id
limit $rows;
