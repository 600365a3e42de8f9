-- Entries that led to an article, newest first.
select feed_id, entry_key, entry_url, outcome, reason, recorded_at
from entry_outcomes
where article_id = $article_id
order by recorded_at desc, feed_id, entry_key
limit 20;
