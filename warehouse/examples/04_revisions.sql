-- Which articles did their publishers change, and how often?
select articles.publisher_id, articles.title, max(versions.version) as versions, max(versions.observed_from) as last_change_at
from article_versions as versions
join articles_current as articles using (article_id)
group by all
having max(versions.version) > 1
order by versions desc, last_change_at desc, articles.title
limit 10;
