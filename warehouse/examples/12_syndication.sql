-- Who prints whom, how soon, and what do both credit?
select first_publisher_id, later_publisher_id, articles, round(lag_minutes) as lag_minutes, exactly_timed, mostly_credited
from syndication
order by articles desc, first_publisher_id, later_publisher_id
limit 10;
