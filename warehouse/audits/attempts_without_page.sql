-- Every attempt at an entry's page left a row, whether the page could be had or not.
with attempted as (
  select outcomes.poll_id, outcomes.entry_key, outcomes.entry_url, outcomes.attempts, polls.polled_at
  from entry_outcomes as outcomes
  join polls using (poll_id)
  where outcomes.attempts > 0
    and ($run_id::uuid is null or outcomes.run_id = $run_id::uuid)
), fetched as (
  select requested_url, max(fetched_at) as fetched_at
  from pages
  where fetched_at >= (select min(polled_at) from attempted)
  group by requested_url
)
select
  concat_ws(' ', attempted.poll_id, attempted.entry_key) as subject,
  concat(attempted.attempts, ' attempts, no page since the poll: ', coalesce(attempted.entry_url, 'no link')) as detail
from attempted
left join fetched
  on fetched.requested_url = attempted.entry_url
  and fetched.fetched_at >= attempted.polled_at
where fetched.requested_url is null;
