-- Publication lags, one row per article that a poll of a feed brought after the feed's first read, and whose time of publication is exact.
-- The first read brings whatever the feed held, and imported files come when somebody imports them: neither says how fast articles come.
create or replace view publication_lags as
with first_reads as (
  select feed_id, min(polled_at) as first_read_at
  from polls
  where outcome = 'ok'
  group by feed_id
), brought as (
  select outcomes.article_id, arg_min(polls.feed_id, polls.polled_at) as feed_id
  from entry_outcomes as outcomes
  join polls using (poll_id)
  join first_reads on first_reads.feed_id = polls.feed_id
  join feeds on feeds.feed_id = polls.feed_id
  where outcomes.outcome = 'loaded' and polls.polled_at > first_reads.first_read_at and feeds.kind = 'feed'
  group by outcomes.article_id
)
select
  current.article_id,
  brought.feed_id,
  current.publisher_id,
  current.published_at,
  current.published_precision,
  current.first_seen_at,
  date_diff('second', current.published_at, current.first_seen_at) as lag_seconds
from articles_current as current
join brought using (article_id)
where current.published_at is not null;
