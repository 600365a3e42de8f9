-- Articles of the staged publishers whose page the extractor read last, and later than `since`, one row each, the newest days first.
-- Within a day they are in no order of time: which of them are taken must not depend on which came first.
with own as (
  select articles.publisher_id, articles.article_id, articles.first_seen_date, staged.since
  from articles
  join staged using (publisher_id)
  qualify row_number() over (partition by articles.publisher_id order by articles.first_seen_date desc, articles.article_id) <= $looked_at
), readings as (
  select article_id, observed_at, extractor, flags
  from article_observations
  where rowid in (select stored.rowid from article_observations as stored semi join own using (article_id))
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
)
select own.publisher_id, own.article_id
from own
join readings using (article_id)
where starts_with(readings.extractor, 'trafilatura ')
  and not list_contains(readings.flags, 'text_of_feed')
  and (own.since is null or readings.observed_at > own.since)
qualify row_number() over (partition by own.publisher_id order by own.first_seen_date desc, own.article_id) <= $limit
order by own.publisher_id, own.first_seen_date desc, own.article_id;
