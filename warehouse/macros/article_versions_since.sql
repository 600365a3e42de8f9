-- Versions of articles of which anything was recorded since an instant, all of them: one row per change that the publisher made to an article's text, in the order observed. A, B and A again are three.
-- Two pages are one version if any cleaning gave both a text with the same material content, or if they are the same bytes cleaned by other
-- rules: what rules change is no change of the publisher's. Nor is it one where a feed's text was read until the page could be had: the
-- page's text takes its place.
create or replace macro article_versions_since(since) as table
with readings as (
  select article_id, observed_at, content_hash, page_id, run_id, ruleset_id, snapshot_id, flags
  from article_observations
  semi join (select article_id from article_observations where recorded_at >= cast(since as timestamptz)) as recorded using (article_id)
  qualify row_number() over (
    partition by article_id, observed_at
    order by recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
), cleanings as (
  select observations.article_id, observations.observed_at, list(distinct coalesce(texts.material_hash, texts.content_hash)) as hashes
  from article_observations as observations
  semi join (select article_id from article_observations where recorded_at >= cast(since as timestamptz)) as recorded using (article_id)
  join article_texts as texts using (article_id, content_hash)
  group by observations.article_id, observations.observed_at
), seen as (
  select
    readings.article_id, readings.observed_at, readings.content_hash, readings.page_id, readings.run_id,
    not coalesce(list_has_any(cleanings.hashes, lag(cleanings.hashes) over page_order), false)
    and not coalesce(
      fetched.body_hash = lag(fetched.body_hash) over page_order
      and (readings.ruleset_id, coalesce(readings.snapshot_id, ''))
        <> (lag(readings.ruleset_id) over page_order, coalesce(lag(readings.snapshot_id) over page_order, '')),
      false
    )
    and not coalesce(
      list_contains(readings.flags, 'text_of_feed') <> list_contains(lag(readings.flags) over page_order, 'text_of_feed'), false
    ) as is_change
  from readings
  join cleanings using (article_id, observed_at)
  left join pages as fetched using (page_id)
  window page_order as (partition by readings.article_id order by readings.observed_at)
), numbered as (
  select
    article_id, observed_at, content_hash, page_id, run_id,
    count(*) filter (where is_change) over (partition by article_id order by observed_at) as version
  from seen
), versions as (
  select
    article_id,
    version,
    min(observed_at) as observed_from,
    max(observed_at) as last_observed_at,
    arg_max(content_hash, observed_at) as content_hash,
    arg_min(page_id, observed_at) as page_id,
    arg_min(run_id, observed_at) as run_id
  from numbered
  group by article_id, version
)
select
  versions.article_id,
  versions.version,
  versions.observed_from,
  lead(versions.observed_from) over article_order as observed_until,
  versions.last_observed_at,
  versions.content_hash,
  texts.title,
  texts.text,
  texts.word_count,
  versions.page_id,
  versions.run_id
from versions
join article_texts as texts using (article_id, content_hash)
window article_order as (partition by versions.article_id order by versions.version);
