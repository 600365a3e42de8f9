-- Changes that publishers made in the window: one row per hour or day ($step) of UTC in which any was seen.
select
  date_trunc($step, versions.observed_from at time zone 'UTC') at time zone 'UTC' as begins_at,
  count(*) as revisions,
  count(distinct versions.article_id) as articles
from article_versions as versions
join articles using (article_id)
where versions.version > 1 and versions.observed_from >= $since and versions.observed_from < $until
  and ($publisher_id::varchar is null or articles.publisher_id = $publisher_id)
group by all
order by begins_at;
