-- Every entry of a feed that was read has exactly one outcome.
select
  polls.poll_id::varchar as subject,
  concat(polls.entry_count, ' entries in the feed ', polls.feed_id, ', ', count(outcomes.poll_id), ' outcomes') as detail
from polls
left join entry_outcomes as outcomes using (poll_id)
where polls.outcome = 'ok'
  and ($run_id::uuid is null or polls.run_id = $run_id::uuid)
group by polls.poll_id, polls.feed_id, polls.entry_count
having count(outcomes.poll_id) is distinct from polls.entry_count;
