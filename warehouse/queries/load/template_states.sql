-- Staged rows of template_states whose (publisher_id) is not there yet.
insert into template_states (
  publisher_id, template_id, since, tries, next_try, retired_id, retired_why, retired_pages, retired_found
)
select
  staged.publisher_id, staged.template_id, staged.since, staged.tries, staged.next_try, staged.retired_id, staged.retired_why,
  staged.retired_pages, staged.retired_found
from staged
anti join template_states as stored using (publisher_id);
