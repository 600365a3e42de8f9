-- Alarms about cleaning now, in order. publisher_id: of that publisher alone; run_id: of publishers whose articles the run observed; NULL: all.
with observed as (
  select distinct articles.publisher_id
  from article_observations
  join articles using (article_id)
  where article_observations.run_id = $run_id::uuid
)
select publisher_id, alarm, rule_id, since, articles, usual, found, example
from cleaning_alarms
where ($publisher_id::varchar is null or publisher_id = $publisher_id::varchar)
  and ($run_id::uuid is null or publisher_id in (select publisher_id from observed))
order by publisher_id, alarm, rule_id;
