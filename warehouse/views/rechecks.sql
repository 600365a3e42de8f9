-- Re-checks, one row per time that an article was looked at again, or is to be, without a word of a feed.
create or replace view rechecks as
select
  outcomes.article_id,
  outcomes.entry_url as url,
  outcomes.recorded_at as checked_at,
  case
    when outcomes.outcome = 'rejected' then if(outcomes.reason in ('http_404', 'http_410', 'moved_away'), 'gone', 'failed')
    else outcomes.outcome
  end as outcome,
  outcomes.reason,
  outcomes.attempts,
  outcomes.next_try_at,
  outcomes.run_id
from entry_outcomes as outcomes
where outcomes.feed_id = 'rechecks';
