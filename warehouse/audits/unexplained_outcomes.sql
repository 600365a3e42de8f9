-- An entry that is unchanged or a duplicate names its article, or an earlier or other row tells what became of it.
with unexplained as (
  select poll_id, feed_id, entry_key, outcome, entry_url
  from entry_outcomes
  where outcome in ('unchanged', 'duplicate')
    and article_id is null
    and ($run_id::uuid is null or run_id = $run_id::uuid)
), told_by_another_poll as (
  select feed_id, entry_key
  from entry_outcomes
  semi join unexplained using (feed_id, entry_key)
  group by feed_id, entry_key
  having count(*) > 1
), told_beside as (
  select poll_id, 'duplicate' as outcome
  from entry_outcomes
  semi join unexplained using (poll_id)
  group by poll_id
  having count(*) > 1
)
select
  concat_ws(' ', poll_id, entry_key) as subject,
  concat(outcome, ', but neither article nor other row: ', coalesce(entry_url, 'no link')) as detail
from unexplained
anti join told_by_another_poll using (feed_id, entry_key)
anti join told_beside using (poll_id, outcome);
