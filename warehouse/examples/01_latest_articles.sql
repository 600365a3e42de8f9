-- What came in last?
select publisher_id, title, authors, published_on, word_count
from articles_current
order by first_seen_at desc, url
limit 5;
