-- Publishers of which a run tells alarms: those that came to another ten articles, of which an alarm takes ten, and those whose template went.
select publisher_id
from articles
group by publisher_id
having count(*) // 10 > count(*) filter (where rowid < $articles_before) // 10
union
select publisher_id
from template_states
where template_id is null
  and since >= $began
order by publisher_id;
