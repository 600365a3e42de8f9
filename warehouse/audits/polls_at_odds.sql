-- The counts of a poll fit each other, and its outcomes are of its feed and run, of a known kind, and tried again only where they are pending.
with own_polls as (
  select poll_id, run_id, feed_id, outcome, entry_count, overlap_count, clashing_ids, churned_ids
  from polls
  where $run_id::uuid is null or run_id = $run_id::uuid
), own_outcomes as (
  select poll_id, run_id, feed_id, entry_key, outcome, next_try_at
  from entry_outcomes
  where $run_id::uuid is null or run_id = $run_id::uuid
), odd as (
  select poll_id::varchar as subject, concat(outcome, ', with ', coalesce(entry_count::varchar, 'no'), ' entries') as detail
  from own_polls
  where (outcome = 'ok') <> (entry_count is not null)
  union all
  select
    poll_id::varchar,
    concat(entry_count, ' entries, of which ', concat_ws(', ', overlap_count, clashing_ids, churned_ids), ' known, clashing, churned')
  from own_polls
  where greatest(overlap_count, clashing_ids, churned_ids) > entry_count
    or least(entry_count, overlap_count, clashing_ids, churned_ids) < 0
  union all
  select concat_ws(' ', outcomes.poll_id, outcomes.entry_key), 'of another feed or run than its poll'
  from own_outcomes as outcomes
  join polls using (poll_id)
  where outcomes.feed_id <> polls.feed_id or outcomes.run_id <> polls.run_id
  union all
  select concat_ws(' ', poll_id, entry_key), concat('the outcome ', outcome)
  from own_outcomes
  where outcome not in ('loaded', 'revised', 'unchanged', 'duplicate', 'rejected', 'pending')
  union all
  select concat_ws(' ', poll_id, entry_key), concat(outcome, ', to be tried at ', next_try_at)
  from own_outcomes
  where outcome <> 'pending' and next_try_at is not null
)
select subject, detail
from odd;
