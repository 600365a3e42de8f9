-- Articles as their publishers showed them at an instant, as far as they had been fetched by then, one row per article.
create or replace macro articles_as_of(ts) as table
select *
from articles_at(ts, 'infinity');
