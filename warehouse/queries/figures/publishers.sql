-- Publishers: one row per publisher with articles first seen in the window, most articles first.
with carried as (
  select
    publisher_id,
    count(*) as articles,
    sum(word_count) as words,
    count(*) filter (where published_on is null) as undated,
    count(*) filter (where len(authors) > 0) as with_authors,
    mode(language) as language,
    max(first_seen_at) as last_article_at
  from articles_current
  where first_seen_at >= $since and first_seen_at < $until
    and ($publisher_id::varchar is null or publisher_id = $publisher_id)
  group by publisher_id
)
select
  carried.publisher_id, publishers.name, carried.language, carried.articles, carried.words, carried.undated, carried.with_authors,
  carried.last_article_at
from carried
left join publishers using (publisher_id)
order by carried.articles desc, carried.publisher_id
limit $rows;
