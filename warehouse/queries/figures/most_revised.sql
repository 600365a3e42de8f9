-- Articles that publishers changed most in the window: one row per article.
with changes as (
  select
    article_id, version, observed_from, title, word_count,
    lag(title) over article_order as title_before,
    lag(word_count) over article_order as words_before
  from article_versions
  window article_order as (partition by article_id order by version)
)
select
  articles.publisher_id,
  articles.canonical_url as url,
  arg_max(changes.title, changes.version) as title,
  count(*) as revisions,
  max(changes.observed_from) as last_revised_at,
  count(*) filter (where changes.title is distinct from changes.title_before) as headlines,
  arg_min(changes.words_before, changes.version) as words_before,
  arg_max(changes.word_count, changes.version) as words_after
from changes
join articles using (article_id)
where changes.version > 1 and changes.observed_from >= $since and changes.observed_from < $until
  and ($publisher_id::varchar is null or articles.publisher_id = $publisher_id)
group by articles.article_id, articles.publisher_id, articles.canonical_url
order by revisions desc, last_revised_at desc, url
limit $rows;
