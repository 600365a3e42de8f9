-- Templates of publishers, one row each. publisher_id: of that one alone, NULL: all.
select
  publisher_id, state, template_id, since, learned_from, learned_agreement, pages_read, refused, audited, agreement, last_checked_at, tries,
  next_try, retired_id, retired_why, retired_pages, retired_found
from template_health
where $publisher_id::varchar is null or publisher_id = $publisher_id::varchar
order by publisher_id;
