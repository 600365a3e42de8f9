-- Articles first seen since $since whose newest page came from the web, one row each, without those that wait for another look already.
with recent as (
  select article_id, first_seen_at
  from articles
  where first_seen_date >= cast($since at time zone 'UTC' as date) and first_seen_at >= $since
), latest as (
  select article_id, observed_at, page_id
  from article_observations
  semi join recent using (article_id)
  where observed_at >= $since
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
), checked as (
  select article_id, outcome, reason, recorded_at
  from entry_outcomes
  where feed_id = 'rechecks' and recorded_at >= $since
), present as (
  select
    latest.article_id,
    greatest(any_value(latest.observed_at), max(checked.recorded_at) filter (where checked.outcome in ('unchanged', 'revised'))) as seen_at
  from latest
  left join checked using (article_id)
  group by latest.article_id
), past as (
  select
    checked.article_id,
    max(checked.recorded_at) as checked_at,
    count(*) filter (
      where checked.recorded_at > present.seen_at and checked.reason in ('http_404', 'http_410', 'moved_away')
    ) as gone_in_a_row,
    bool_or(checked.outcome = 'pending') as is_waiting
  from checked
  join present using (article_id)
  group by checked.article_id
)
select
  recent.article_id, fetched.final_url as url, recent.first_seen_at, latest.observed_at, past.checked_at,
  coalesce(past.gone_in_a_row, 0) as gone_in_a_row, fetched.etag, fetched.last_modified
from recent
join latest using (article_id)
join pages as fetched using (page_id)
left join past using (article_id)
where fetched.fetched_at >= $since
  and fetched.http_status = 200
  and fetched.final_url is not null
  and not coalesce(past.is_waiting, false)
order by recent.article_id;
