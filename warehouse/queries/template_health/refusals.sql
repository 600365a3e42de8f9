-- Why the template of a publisher was refused since it came into use, one row per reason, most pages first.
select
  checks.reason,
  count(distinct checks.page_id) as pages,
  max(checks.checked_at) as last_at,
  arg_max(articles.canonical_url, (checks.checked_at, checks.page_id)) as url
from template_checks as checks
join template_states as states using (publisher_id, template_id)
join articles using (article_id)
where checks.publisher_id = $publisher_id
  and checks.outcome = 'refused'
  and checks.checked_at >= states.since
group by checks.reason
order by pages desc, checks.reason;
