-- Withdrawals, one row per article whose page was gone at least twice in a row when it was looked at again, and has not been there since.
create or replace view withdrawals as
with checked as (
  select article_id, checked_at, outcome, reason
  from rechecks
  where outcome <> 'pending'
), observed as (
  select article_id, max(observed_at) as last_observed_at
  from article_observations
  where article_id in (select article_id from checked where outcome = 'gone')
  group by article_id
), gone as (
  select
    observed.article_id,
    greatest(
      any_value(observed.last_observed_at), max(checked.checked_at) filter (where checked.outcome in ('unchanged', 'revised'))
    ) as last_there_at,
    list({'checked_at': checked.checked_at, 'reason': checked.reason} order by checked.checked_at)
      filter (where checked.outcome = 'gone') as times
  from observed
  join checked using (article_id)
  group by observed.article_id
), since as (
  select article_id, last_there_at, list_filter(times, lambda each: each.checked_at > last_there_at) as times
  from gone
)
select
  since.article_id,
  articles_current.url,
  articles_current.publisher_id,
  articles_current.title,
  articles_current.first_seen_at,
  since.last_there_at,
  since.times[1].checked_at as gone_at,
  since.times[-1].checked_at as last_checked_at,
  len(since.times) as checks,
  since.times[-1].reason as reason
from since
join articles_current using (article_id)
where len(since.times) >= 2;
