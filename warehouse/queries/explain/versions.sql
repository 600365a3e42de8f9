-- Versions of an article, oldest first.
select version, observed_from, observed_until, title, word_count
from article_versions
where article_id = $article_id
order by version;
