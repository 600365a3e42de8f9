-- What became of entries decided in the window: one row per outcome, and per reason of those rejected or pending; most entries first.
with decided as (
  select
    outcomes.outcome, outcomes.feed_id, outcomes.entry_url, outcomes.recorded_at,
    outcomes.outcome in ('rejected', 'pending') as is_missing,
    if(is_missing, outcomes.reason, null) as because
  from entry_outcomes as outcomes
  join feeds using (feed_id)
  where outcomes.recorded_at >= $since and outcomes.recorded_at < $until and outcomes.feed_id <> 'rechecks'
    and ($publisher_id::varchar is null or feeds.publisher_id = $publisher_id)
)
select
  outcome,
  because,
  count(*) as entries,
  count(distinct feed_id) as feeds,
  arg_max(entry_url, (recorded_at, entry_url)) filter (where is_missing) as example_url
from decided
group by outcome, because
order by list_position(['loaded', 'revised', 'unchanged', 'duplicate', 'pending', 'rejected'], outcome), entries desc, because
limit $rows;
