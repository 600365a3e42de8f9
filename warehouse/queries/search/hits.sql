-- Articles that a search finds, one row per article, the newest first.
select first_seen_at, published_on, publisher_id, language, title, url, is_in_title, snippet, article_id
from search($words, $since)
where (cast($until as timestamptz) is null or first_seen_at < cast($until as timestamptz))
  and (cast($publisher_id as varchar) is null or publisher_id = cast($publisher_id as varchar))
  and (cast($language as varchar) is null or language = cast($language as varchar))
order by first_seen_at desc, url
limit $most;
