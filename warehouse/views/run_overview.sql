-- Runs, one row per run: when, how it ended, and what it polled, fetched and recorded.
create or replace view run_overview as
with polled as (
  select run_id, count(*) as polls, count(*) filter (where outcome in ('ok', 'not_modified', 'same_body')) as good_polls
  from polls
  group by run_id
), outcomes as (
  select
    run_id,
    count(*) as entries,
    count(*) filter (where outcome = 'loaded') as loaded,
    count(*) filter (where outcome = 'revised') as revised,
    count(*) filter (where outcome = 'unchanged') as unchanged,
    count(*) filter (where outcome = 'duplicate') as duplicate,
    count(*) filter (where outcome = 'rejected') as rejected,
    count(*) filter (where outcome = 'pending') as pending
  from entry_outcomes
  group by run_id
), fetched as (
  select run_id, count(*) as pages, sum(wire_bytes) as wire_bytes
  from pages
  group by run_id
), observed as (
  select run_id, count(*) as observations
  from article_observations
  group by run_id
)
select
  runs.run_id,
  runs.flow,
  runs.status,
  runs.started_at,
  runs.finished_at,
  date_diff('second', runs.started_at, runs.finished_at) as duration_seconds,
  coalesce(polled.polls, 0) as polls,
  coalesce(polled.good_polls, 0) as good_polls,
  coalesce(outcomes.entries, 0) as entries,
  coalesce(outcomes.loaded, 0) as loaded,
  coalesce(outcomes.revised, 0) as revised,
  coalesce(outcomes.unchanged, 0) as unchanged,
  coalesce(outcomes.duplicate, 0) as duplicate,
  coalesce(outcomes.rejected, 0) as rejected,
  coalesce(outcomes.pending, 0) as pending,
  coalesce(fetched.pages, 0) as pages,
  coalesce(fetched.wire_bytes, 0) as wire_bytes,
  coalesce(observed.observations, 0) as observations,
  runs.code_version,
  runs.ruleset_id,
  runs.snapshot_id,
  runs.error
from runs
left join polled using (run_id)
left join outcomes using (run_id)
left join fetched using (run_id)
left join observed using (run_id);
