-- Staged rows of template_checks whose (page_id, article_id, checked_at) is not there yet.
insert into template_checks (
  page_id, article_id, checked_at, publisher_id, template_id, outcome, reason, agreement, run_id
)
select
  staged.page_id, staged.article_id, staged.checked_at, staged.publisher_id, staged.template_id, staged.outcome, staged.reason,
  staged.agreement, staged.run_id
from staged
anti join (
  select page_id, article_id, checked_at
  from template_checks
  semi join staged using (page_id)
) as stored using (page_id, article_id, checked_at);
