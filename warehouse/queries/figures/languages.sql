-- Languages of articles first seen in the window: one row per language, most articles first; NULL: it could not be told.
select language, count(*) as articles, count(distinct publisher_id) as publishers, sum(word_count) as words
from articles_current
where first_seen_at >= $since and first_seen_at < $until
  and ($publisher_id::varchar is null or publisher_id = $publisher_id)
group by language
order by articles desc, language
limit $rows;
