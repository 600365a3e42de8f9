-- An entry that is unchanged or a duplicate names its article, or an earlier or other row tells what became of it.
with unexplained as (
  select poll_id, feed_id, entry_key, outcome, entry_url
  from entry_outcomes
  where outcome in ('unchanged', 'duplicate')
    and article_id is null
    and ($run_id::uuid is null or run_id = $run_id::uuid)
)
select
  concat_ws(' ', unexplained.poll_id, unexplained.entry_key) as subject,
  concat(unexplained.outcome, ', but neither article nor other row: ', coalesce(unexplained.entry_url, 'no link')) as detail
from unexplained
where not exists (
  select 1
  from entry_outcomes as told
  where told.feed_id = unexplained.feed_id
    and (
      (told.entry_key = unexplained.entry_key and told.poll_id <> unexplained.poll_id)
      or (told.poll_id = unexplained.poll_id and told.entry_key <> unexplained.entry_key and unexplained.outcome = 'duplicate')
    )
);
