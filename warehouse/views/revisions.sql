-- Revisions, one row per version of an article after its first: what the publisher changed, and between which two fetches.
create or replace view revisions as
with steps as (
  select
    article_id, version, content_hash, observed_from, page_id, run_id,
    lag(content_hash) over article_order as before_hash,
    lag(last_observed_at) over article_order as last_seen_before_at
  from article_versions
  window article_order as (partition by article_id order by version)
), compared as (
  select
    article_id, before_hash, after_hash, kind, kinds, blocks_added, blocks_removed, blocks_edited, blocks_moved, words_added, words_removed,
    corrections_added
  from text_changes
  qualify row_number() over (partition by article_id, before_hash, after_hash order by method desc) = 1
)
select
  steps.article_id,
  articles.canonical_url as url,
  articles.publisher_id,
  steps.version,
  steps.last_seen_before_at,
  steps.observed_from as seen_at,
  compared.kind,
  compared.kinds,
  earlier.title as title_before,
  later.title as title_after,
  compared.blocks_added,
  compared.blocks_removed,
  compared.blocks_edited,
  compared.blocks_moved,
  compared.words_added,
  compared.words_removed,
  earlier.word_count as words_before,
  later.word_count as words_after,
  compared.corrections_added,
  steps.before_hash,
  steps.content_hash as after_hash,
  steps.page_id,
  steps.run_id
from steps
join articles using (article_id)
join article_texts as earlier on earlier.article_id = steps.article_id and earlier.content_hash = steps.before_hash
join article_texts as later on later.article_id = steps.article_id and later.content_hash = steps.content_hash
left join compared
  on compared.article_id = steps.article_id
  and compared.before_hash = steps.before_hash
  and compared.after_hash = steps.content_hash
where steps.before_hash is not null;
