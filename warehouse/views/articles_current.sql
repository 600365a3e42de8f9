-- Articles, one row per article as last observed and as cleaned by the newest cleaning of that page. Start here.
create or replace view articles_current as
select *
from articles_at('infinity', 'infinity');
