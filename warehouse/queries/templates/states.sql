-- Template states, one row per publisher that was tried.
select publisher_id, template_id, since, tries, next_try, retired_id, retired_why, retired_pages, retired_found
from template_states
order by publisher_id;
