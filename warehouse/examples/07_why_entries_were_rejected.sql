-- Which entries did not become an article, and why?
select reason, count(*) as entries, min(entry_url) as example
from rejects
where article_id is null
group by reason
order by entries desc, reason;
