-- Staged rows of entry_outcomes whose (poll_id, entry_key) is not there yet.
insert into entry_outcomes (
  poll_id, run_id, feed_id, entry_key, entry_id, entry_url, entry_title, entry_authors, entry_published_at, outcome,
  reason, article_id, attempts, next_try_at, recorded_at
)
select
  staged.poll_id, staged.run_id, staged.feed_id, staged.entry_key, staged.entry_id, staged.entry_url, staged.entry_title,
  staged.entry_authors, staged.entry_published_at, staged.outcome, staged.reason, staged.article_id, staged.attempts,
  staged.next_try_at, staged.recorded_at
from staged
anti join (
  select poll_id, entry_key
  from entry_outcomes
  semi join staged using (poll_id)
) as stored using (poll_id, entry_key);
