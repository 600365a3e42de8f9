-- Addresses of all feeds that ever were configured, one row per feed.
select feed_id, url
from feeds;
