-- How much did each publisher carry per day of publication?
select published_on, publisher_id, count(*) as articles, sum(word_count) as words
from articles_current
where published_on is not null
group by all
order by published_on desc, articles desc, publisher_id
limit 10;
