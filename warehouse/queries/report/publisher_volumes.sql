-- What the staged runs brought, one row per publisher: articles that they observed first, and articles whose text they found changed.
with changes as (
  select
    observations.article_id,
    observations.run_id,
    observations.cause,
    lag(coalesce(texts.material_hash, texts.content_hash)) over article_order as former_hash,
    coalesce(texts.material_hash, texts.content_hash) as text_hash
  from article_observations as observations
  join article_texts as texts using (article_id, content_hash)
  semi join (select article_id from article_observations semi join staged using (run_id)) as touched using (article_id)
  window article_order as (
    partition by observations.article_id
    order by observations.observed_at, observations.recorded_at, observations.content_hash
  )
), brought as (
  select
    article_id,
    bool_or(former_hash is null) as is_new,
    bool_or(former_hash is not null and former_hash <> text_hash) as is_revised
  from changes
  semi join staged using (run_id)
  where cause <> 'reclean'
  group by article_id
)
select
  articles.publisher_id,
  count(*) filter (where brought.is_new) as loaded,
  count(*) filter (where brought.is_revised and not brought.is_new) as revised
from brought
join articles using (article_id)
where brought.is_new or brought.is_revised
group by articles.publisher_id
order by loaded desc, revised desc, articles.publisher_id;
