-- The newest articles of each staged publisher, newest first.
select publisher_id, article_id
from articles
semi join staged using (publisher_id)
qualify row_number() over (partition by publisher_id order by first_seen_at desc, article_id) <= $limit
order by publisher_id, first_seen_at desc, article_id;
