-- What became of every entry of every poll of this part.
insert into entry_outcomes (
  poll_id, run_id, feed_id, entry_key, entry_id, entry_url, entry_title, entry_authors, entry_published_at, outcome, reason, article_id,
  attempts, next_try_at, recorded_at
)
with shown as (
  select poll_id, run_id, feed_id, polled_at, poll, unnest(held) as n
  from read_polls
), decided as (
  select
    *,
    concat('https://', url_key(n)) as url,
    poll - n // getvariable('feeds') // 2 as polls_before,
    case
      when is_rejected(n) then if(polls_before = 0, 'rejected', 'unchanged')
      when polls_before = 0 then 'loaded'
      when polls_before < versions_of(n) then 'revised'
      else 'unchanged'
    end as outcome
  from shown
)
select
  poll_id, run_id, feed_id, concat('id:', url), url, url,
  sentence('title', n, 0, cast(6 + n % 5 as integer)), [concat(word(n * 31 % 4096), ' ', word(n * 17 % 4096))],
  seen_at(n, n // getvariable('feeds') // 2) - interval 20 minutes, outcome,
  if(outcome = 'rejected', if(n % 2 = 0, 'too_short', 'http_404'), null), if(is_rejected(n), null, article_id(n)),
  if(outcome = 'unchanged', 0, 1), null, if(outcome = 'unchanged', polled_at, seen_at(n, poll) + interval 2 seconds)
from decided;
