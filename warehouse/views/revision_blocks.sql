-- Changed blocks, one row per block that was added, removed, edited or moved in a revision, with its text before and after, in page order.
create or replace view revision_blocks as
with compared as (
  select article_id, before_hash, after_hash, blocks
  from text_changes
  qualify row_number() over (partition by article_id, before_hash, after_hash order by method desc) = 1
), placed as (
  select
    revised.article_id, revised.url, revised.publisher_id, revised.version, revised.seen_at, revised.before_hash, revised.after_hash,
    unnest(compared.blocks) as block, generate_subscripts(compared.blocks, 1) as position
  from revisions as revised
  join compared using (article_id, before_hash, after_hash)
)
select
  placed.article_id,
  placed.url,
  placed.publisher_id,
  placed.version,
  placed.seen_at,
  placed.position,
  block.change,
  string_split(earlier."text", chr(10) || chr(10))[block.position_before + 1] as text_before,
  string_split(later."text", chr(10) || chr(10))[block.position_after + 1] as text_after,
  block.words_added,
  block.words_removed,
  block.figures as figures_changed
from placed
join article_texts as earlier on earlier.article_id = placed.article_id and earlier.content_hash = placed.before_hash
join article_texts as later on later.article_id = placed.article_id and later.content_hash = placed.after_hash;
