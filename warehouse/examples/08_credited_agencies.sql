-- Whom do articles credit most, per language?
select language, unnest(credits) as credit, count(*) as articles
from articles_current
group by all
order by articles desc, language, credit
limit 10;
