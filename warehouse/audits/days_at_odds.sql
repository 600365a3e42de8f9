-- A date of publication is as precise as it says, its day fits its instant, and neither lies after the page that gave it.
-- Fifteen hours are allowed to a day, which begins first in UTC+14, and one to an instant, for the publisher's clock.
with metadata as (
  select article_id, metadata_hash, published_at, published_on, published_precision, published_source
  from article_metadata
  where rowid >= $article_metadata_before
), observed as (
  select article_id, metadata_hash, max(observed_at) as observed_at
  from article_observations
  semi join metadata using (article_id, metadata_hash)
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by article_id, metadata_hash
), checked as (
  select
    metadata.*,
    case
      when published_precision not in ('second', 'minute', 'day') then concat('the precision ', published_precision)
      when (published_at is not null) <> coalesce(published_precision in ('second', 'minute'), false) then 'an instant that its precision denies'
      when (published_on is not null) <> (published_precision is not null) then 'a day and no precision, or the other way round'
      when published_on is not null and published_source is null then 'a date without a source'
      when abs(date_diff('day', cast(published_at at time zone 'UTC' as date), published_on)) > 1 then 'a day that is not near the instant'
      when published_at > observed_at + interval 1 hour then 'an instant after the page was fetched'
      when published_on > cast((observed_at + interval 15 hours) at time zone 'UTC' as date) then 'a day after the page was fetched'
    end as detail
  from metadata
  left join observed using (article_id, metadata_hash)
)
select
  concat_ws(' ', article_id, metadata_hash) as subject,
  concat(detail, ': ', concat_ws(', ', published_at, published_on, published_precision, published_source)) as detail
from checked
where detail is not null;
