-- The template that the newest page of an article was read with, or that was refused for it: one row, none where there was no template.
with reading as (
  select article_id, page_id, recorded_at, extractor
  from article_readings
  where article_id = $article_id
  qualify row_number() over (order by observed_at desc) = 1
), asked as (
  select
    coalesce(checks.template_id, reading.extractor) as template_id,
    coalesce(checks.outcome, 'used') as outcome,
    checks.reason,
    checks.agreement
  from reading
  left join template_checks as checks
    on checks.page_id = reading.page_id
    and checks.article_id = reading.article_id
    and checks.checked_at = reading.recorded_at
)
select asked.template_id, templates.learned_at, templates.pages, asked.outcome, asked.reason, asked.agreement
from asked
join templates using (template_id);
