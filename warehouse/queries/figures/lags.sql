-- From publication to our first sight of it: one row per span of time, over articles first seen in the window.
with spans(place, at_least, below, lag) as (
  values
    (1, -1e12, 0, 'dated later than seen'),
    (2, 0, 300, 'under 5 min'),
    (3, 300, 900, '5 to 15 min'),
    (4, 900, 1800, '15 to 30 min'),
    (5, 1800, 3600, '30 to 60 min'),
    (6, 3600, 10800, '1 to 3 h'),
    (7, 10800, 43200, '3 to 12 h'),
    (8, 43200, 86400, '12 to 24 h'),
    (9, 86400, 604800, '1 to 7 d'),
    (10, 604800, 1e12, 'over 7 d')
), timed as (
  select article_id, lag_seconds
  from publication_lags
  where first_seen_at >= $since and first_seen_at < $until
    and ($publisher_id::varchar is null or publisher_id = $publisher_id)
)
select spans.lag, count(timed.article_id) as articles
from spans
left join timed on timed.lag_seconds >= spans.at_least and timed.lag_seconds < spans.below
group by spans.place, spans.lag
order by spans.place;
