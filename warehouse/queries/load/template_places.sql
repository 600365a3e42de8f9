-- Staged rows of template_places whose (template_id, place) is not there yet.
insert into template_places (
  template_id, place, inside, outside, decision
)
select
  staged.template_id, staged.place, staged.inside, staged.outside, staged.decision
from staged
anti join template_places as stored using (template_id, place);
