-- Template states, one row per publisher: the template in use, or when it is tried again.
update template_states as stored
set
  template_id = staged.template_id,
  since = staged.since,
  tries = staged.tries,
  next_try = staged.next_try,
  retired_id = staged.retired_id,
  retired_why = staged.retired_why,
  retired_pages = staged.retired_pages,
  retired_found = staged.retired_found
from staged
where stored.publisher_id = staged.publisher_id;
