-- Whom do articles credit most, per language?
with credited as (
  select language, unnest(credits) as credit
  from articles_current
)
select language, credit, count(*) as articles
from credited
group by all
order by articles desc, language, credit
limit 10;
