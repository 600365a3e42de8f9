-- Articles as this warehouse had recorded them at an instant, with what cleaned them then, one row per article.
create or replace macro known_as_of(ts) as table
select *
from articles_at('infinity', ts);
