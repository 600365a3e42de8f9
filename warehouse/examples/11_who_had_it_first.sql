-- Which articles are copies of another publisher's, who had it first, and how much was taken over?
select first_publisher_id, later_publisher_id, later_title, later_known_at - first_known_at as later_by, round(copied_share, 2) as copied
from near_duplicates
where first_publisher_id <> later_publisher_id
order by copied desc, later_known_at desc, later_url
limit 10;
