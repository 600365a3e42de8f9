-- A snapshot has as many active rules as its learning, both are of one publisher, and so is what was cleaned with it, by its template if by any.
with own_observations as (
  select distinct article_id, snapshot_id
  from article_observations
  where snapshot_id is not null and ($run_id::uuid is null or run_id = $run_id::uuid)
), own_readings as (
  select article_id, snapshot_id, extractor
  from article_observations
  where $run_id::uuid is null or run_id = $run_id::uuid
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
where snapshots.publisher_id not in ('*', articles.publisher_id)
union all
select
  own_readings.article_id::varchar,
  concat('read by ', own_readings.extractor, ', its snapshot has ', coalesce(snapshots.template_id, 'no template'))
from own_readings
left join snapshots using (snapshot_id)
where starts_with(own_readings.extractor, 'template-')
  and snapshots.template_id is distinct from own_readings.extractor
union all
select
  concat_ws(' ', page_id, checked_at),
  concat(outcome, ' for ', coalesce(reason, 'no reason'), ', agreement ', coalesce(agreement::varchar, 'not asked'))
from template_checks
where ($run_id::uuid is null or run_id = $run_id::uuid)
  and (
    outcome not in ('used', 'refused')
    or (outcome = 'refused') <> (reason is not null)
    or (outcome = 'used') <> (agreement is not null)
    or agreement not between 0 and 1
  );
