-- Places of the staged templates, one row per template and place, in order.
select template_id, place, inside, outside, decision
from template_places
semi join staged using (template_id)
order by template_id, place;
