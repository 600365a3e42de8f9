-- What did publishers change after publication, and how gravely?
select publisher_id, kind, title_after as title, words_added, words_removed, seen_at
from revisions
order by kind in ('correction', 'deletion', 'figures', 'headline') desc, seen_at desc, url
limit 10;
