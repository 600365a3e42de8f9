-- A snapshot has as many active rules as its learning, both are of one publisher, and so is what was cleaned with it.
with own_observations as (
  select distinct article_id, snapshot_id
  from article_observations
  where snapshot_id is not null and ($run_id::uuid is null or run_id = $run_id::uuid)
), learnings as (
  select learned_id, publisher_id, count(*) filter (where state = 'active') as active_rules
  from learned_rules
  group by learned_id, publisher_id
)
select snapshots.snapshot_id as subject, concat(snapshots.active_rules, ' active rules, in its learning ', learnings.active_rules) as detail
from snapshots
join learnings using (learned_id)
where snapshots.active_rules <> learnings.active_rules
union all
select snapshots.snapshot_id, concat('of ', snapshots.publisher_id, ', its learning of ', learnings.publisher_id)
from snapshots
join learnings using (learned_id)
where snapshots.publisher_id <> learnings.publisher_id
union all
select own_observations.article_id::varchar, concat('cleaned with the snapshot of ', snapshots.publisher_id)
from own_observations
join snapshots using (snapshot_id)
join articles using (article_id)
where snapshots.publisher_id not in ('*', articles.publisher_id);
