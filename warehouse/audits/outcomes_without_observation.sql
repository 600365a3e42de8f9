-- An entry that is loaded or revised left an observation of its article: by the run that polled, or by a later one that ended it.
select
  concat_ws(' ', outcomes.poll_id, outcomes.entry_key) as subject,
  concat(outcomes.outcome, ' as article ', coalesce(outcomes.article_id::varchar, 'none')) as detail
from entry_outcomes as outcomes
where outcomes.outcome in ('loaded', 'revised')
  and ($run_id::uuid is null or outcomes.run_id = $run_id::uuid)
  and not exists (
    select 1
    from article_observations as observations
    join polls on polls.poll_id = outcomes.poll_id
    where observations.article_id = outcomes.article_id
      and ($run_id::uuid is null or observations.run_id = $run_id::uuid)
      and (observations.run_id = outcomes.run_id or observations.recorded_at >= polls.polled_at)
  );
