-- Templates among the staged ids, one row each.
select template_id, publisher_id, pages, agreement, fewest_words, most_words, widest_gap, learned_at, run_id
from templates
semi join staged using (template_id)
order by template_id;
