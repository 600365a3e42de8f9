-- Runs end after they began, pages are fetched within runs, observed when fetched, recorded later, and no article is first seen after that.
-- An hour is allowed for clocks that are set back, and for what is fetched at once and loaded in another order.
with own_runs as (
  select run_id, started_at, finished_at, status from runs where $run_id::uuid is null or run_id = $run_id::uuid
), own_polls as (
  select poll_id, polled_at, started_at from polls join own_runs using (run_id)
), own_pages as (
  select page_id, fetched_at, started_at from pages join own_runs using (run_id)
), own_observations as (
  select article_id, page_id, observed_at, recorded_at
  from article_observations
  where $run_id::uuid is null or run_id = $run_id::uuid
), seen as (
  select article_id, min(observed_at) as observed_at from own_observations group by article_id
), own_articles as (
  select article_id, first_seen_at, first_seen_date from articles where rowid >= $articles_before
), odd as (
  select 'run' as what, run_id::varchar as named, concat('ended at ', finished_at, ', began at ', started_at) as detail
  from own_runs
  where finished_at < started_at - interval 1 hour
  union all
  select 'run', run_id::varchar, concat(status, ', ended at ', finished_at)
  from own_runs
  where (status in ('completed', 'failed', 'skipped')) <> (finished_at is not null) and status <> 'crashed'
  union all
  select 'poll', poll_id::varchar, concat('asked at ', polled_at, ', its run began at ', started_at)
  from own_polls
  where polled_at < started_at - interval 1 hour
  union all
  select 'page', page_id::varchar, concat('fetched at ', fetched_at, ', its run began at ', started_at)
  from own_pages
  where fetched_at < started_at - interval 1 hour
  union all
  select 'observation', concat_ws(' ', article_id, page_id), concat('observed at ', observed_at, ', recorded at ', recorded_at)
  from own_observations
  where recorded_at < observed_at - interval 1 hour
  union all
  select 'observation', concat_ws(' ', article_id, page_id), concat('observed at ', observed_at, ', its page was fetched at ', fetched_at)
  from own_observations
  join pages using (page_id)
  where observed_at <> fetched_at
  union all
  select 'article', article_id::varchar, concat('first seen at ', first_seen_at, ', observed at ', observed_at)
  from own_articles
  join seen using (article_id)
  where first_seen_at > observed_at + interval 1 hour
  union all
  select 'article', article_id::varchar, concat('first seen at ', first_seen_at, ', on ', first_seen_date)
  from own_articles
  semi join seen using (article_id)
  where first_seen_date <> cast(first_seen_at at time zone 'UTC' as date)
)
select concat_ws(' ', what, named) as subject, detail
from odd;
