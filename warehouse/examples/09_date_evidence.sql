-- Where do publication dates come from, and how precise are they?
select published_source, published_precision, count(*) as articles
from articles_current
group by all
order by articles desc, published_source;
