-- Versions of texts, one row per change that the publisher made to an article's text, in the order observed. A, B and A again are three.
create or replace view article_versions as
with changes as (
  select article_id, content_hash, observed_at, page_id, run_id
  from article_readings
  qualify content_hash is distinct from lag(content_hash) over (partition by article_id order by observed_at)
)
select
  changes.article_id,
  row_number() over article_order as version,
  changes.observed_at as observed_from,
  lead(changes.observed_at) over article_order as observed_until,
  changes.content_hash,
  texts.title,
  texts.text,
  texts.word_count,
  changes.page_id,
  changes.run_id
from changes
join article_texts as texts using (article_id, content_hash)
window article_order as (partition by changes.article_id order by changes.observed_at);
