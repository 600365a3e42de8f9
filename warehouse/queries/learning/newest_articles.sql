-- The newest articles of one publisher, newest first.
select article_id
from articles
where publisher_id = $publisher_id
order by first_seen_at desc, article_id
limit $limit;
