-- Templates of publishers, one row per publisher that was tried: the one that reads its pages, and what became of it since.
create or replace view template_health as
with checked as (
  select
    states.publisher_id,
    count(distinct checks.page_id) filter (where checks.outcome = 'refused') as refused,
    count(distinct checks.page_id) filter (where checks.agreement is not null) as audited,
    avg(checks.agreement) as agreement,
    max(checks.checked_at) as last_checked_at
  from template_states as states
  join template_checks as checks
    on checks.publisher_id = states.publisher_id
    and checks.template_id = states.template_id
    and checks.checked_at >= states.since
  group by states.publisher_id
), read_with as (
  select extractor as template_id, count(distinct page_id) as pages
  from article_observations
  where starts_with(extractor, 'template-')
  group by extractor
)
select
  states.publisher_id,
  case when states.template_id is not null then 'in use' when states.retired_id is not null then 'retired' else 'none yet' end as state,
  states.template_id,
  states.since,
  templates.pages as learned_from,
  templates.agreement as learned_agreement,
  coalesce(read_with.pages, 0) as pages_read,
  coalesce(checked.refused, 0) as refused,
  coalesce(checked.audited, 0) as audited,
  checked.agreement,
  checked.last_checked_at,
  states.tries,
  states.next_try,
  states.retired_id,
  states.retired_why,
  states.retired_pages,
  states.retired_found
from template_states as states
left join templates using (template_id)
left join read_with using (template_id)
left join checked on checked.publisher_id = states.publisher_id;
