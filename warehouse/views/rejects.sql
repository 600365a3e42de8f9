-- Entries that are no article, one row per entry outcome that was rejected, or that is still pending after at least one attempt.
-- An entry that was an article before, or became one after all, names it.
create or replace view rejects as
with last_pages as (
  select page_id, requested_url, fetched_at, outcome, http_status, error, archive_file
  from pages
  qualify row_number() over (partition by requested_url order by fetched_at desc, page_id) = 1
)
select
  outcomes.recorded_at,
  outcomes.feed_id,
  outcomes.entry_url,
  outcomes.entry_title,
  outcomes.outcome,
  outcomes.reason,
  outcomes.attempts,
  outcomes.next_try_at,
  last_pages.page_id,
  last_pages.fetched_at,
  last_pages.outcome as page_outcome,
  last_pages.http_status,
  last_pages.error as page_error,
  last_pages.archive_file is not null as has_body,
  known.article_id,
  outcomes.poll_id,
  outcomes.entry_key,
  outcomes.run_id
from entry_outcomes as outcomes
left join last_pages on last_pages.requested_url = outcomes.entry_url
left join known_entries as known on known.feed_id = outcomes.feed_id and known.entry_key = outcomes.entry_key
where outcomes.feed_id <> 'rechecks'
  and (outcomes.outcome = 'rejected' or (outcomes.outcome = 'pending' and outcomes.attempts > 0));
