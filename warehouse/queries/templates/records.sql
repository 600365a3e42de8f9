-- How templates in use have fared since they came into use: one row per publisher of which the run checked a page.
-- agreements: of the newest audits, newest first. pages: the newest that it was asked about, and of these refused; 0 where it refused few ever.
with concerned as (
  select publisher_id, template_id, since
  from template_states
  semi join (select publisher_id, template_id from template_checks where run_id = $run_id) as checked using (publisher_id, template_id)
), checks as (
  select checks.page_id, checks.article_id, checks.checked_at, checks.template_id, checks.outcome, checks.agreement
  from template_checks as checks
  join concerned using (publisher_id, template_id)
  where checks.checked_at >= concerned.since
), audits as (
  select template_id, list(agreement order by checked_at desc, page_id) as agreements
  from (
    select template_id, agreement, checked_at, page_id
    from checks
    where agreement is not null
    qualify row_number() over (partition by template_id order by checked_at desc, page_id) <= $audits
  ) as newest
  group by template_id
), doubted as (
  select template_id
  from checks
  where outcome = 'refused'
  group by template_id
  having count(*) >= $refusals
), asked as (
  select snapshots.template_id, observations.page_id, observations.article_id, observations.recorded_at
  from article_observations as observations
  join (select snapshot_id, template_id from snapshots semi join doubted using (template_id)) as snapshots using (snapshot_id)
  join concerned on concerned.template_id = snapshots.template_id and observations.recorded_at >= concerned.since
  where observations.cause <> 'reclean'
  qualify row_number() over (
    partition by snapshots.template_id
    order by observations.observed_at desc, observations.page_id
  ) <= $pages
), counted as (
  select asked.template_id, count(*) as pages, count(checks.page_id) as refused
  from asked
  left join checks
    on checks.page_id = asked.page_id
    and checks.article_id = asked.article_id
    and checks.checked_at = asked.recorded_at
    and checks.outcome = 'refused'
  group by asked.template_id
)
select
  concerned.publisher_id,
  concerned.template_id,
  coalesce(audits.agreements, []) as agreements,
  coalesce(counted.pages, 0) as pages,
  coalesce(counted.refused, 0) as refused
from concerned
left join audits using (template_id)
left join counted using (template_id)
order by concerned.publisher_id;
