-- Entries that are due for an attempt, oldest first, one row per entry outcome. Where the last one lies ahead the clock was set back.
select
  poll_id, run_id, feed_id, entry_key, entry_id, entry_url, entry_title, entry_authors, entry_published_at, outcome,
  reason, article_id, attempts, next_try_at, recorded_at
from entry_outcomes
where outcome = 'pending'
  and feed_id in (select feed_id from feeds where kind = $kind)
  and (next_try_at is null or next_try_at <= $now or recorded_at > $now)
order by recorded_at, poll_id, entry_key
limit $limit;
