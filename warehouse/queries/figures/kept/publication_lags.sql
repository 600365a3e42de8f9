-- The view of this name in the window, computed once for the queries that ask it.
create temp table publication_lags as
select article_id, publisher_id, first_seen_at, lag_seconds
from main.publication_lags
where first_seen_at >= $since and first_seen_at < $until;
