-- Articles among the staged ones that the feed showed before, one row per article.
select distinct article_id
from known_entries
semi join staged using (feed_id, article_id);
