-- Staged rows of templates whose (template_id) is not there yet.
insert into templates (
  template_id, publisher_id, pages, agreement, fewest_words, most_words, widest_gap, learned_at, run_id
)
select
  staged.template_id, staged.publisher_id, staged.pages, staged.agreement, staged.fewest_words,
  staged.most_words, staged.widest_gap, staged.learned_at, staged.run_id
from staged
anti join templates as stored using (template_id);
