-- Publishers, one row per publisher: how much of it is here, and since when.
create or replace view publisher_overview as
with carried as (
  select
    publisher_id,
    count(*) as articles,
    sum(word_count) as words,
    count(*) filter (where published_on is null) as undated,
    min(first_seen_at) as first_article_at,
    max(first_seen_at) as last_article_at
  from articles_current
  group by publisher_id
), revisions as (
  select articles.publisher_id, count(*) as revisions
  from article_versions as versions
  join articles using (article_id)
  where versions.version > 1
  group by articles.publisher_id
), sources as (
  select publisher_id, count(*) as feeds
  from feeds
  where kind = 'feed'
  group by publisher_id
)
select
  publishers.publisher_id,
  publishers.name,
  publishers.country,
  publishers.language,
  coalesce(sources.feeds, 0) as feeds,
  coalesce(carried.articles, 0) as articles,
  coalesce(revisions.revisions, 0) as revisions,
  coalesce(carried.words, 0) as words,
  coalesce(carried.undated, 0) as undated,
  carried.first_article_at,
  carried.last_article_at,
  publishers.added_at
from publishers
left join sources using (publisher_id)
left join carried using (publisher_id)
left join revisions using (publisher_id);
