-- Ledger blocks, one row per block of a page, in document order, for each text, ruleset and snapshot.
-- Kept blocks show their span of the text.
create or replace view blocks as
with ledger as (
  select article_id, content_hash, ruleset_id, snapshot_id, page_id, unnest(blocks) as block
  from article_blocks
)
select
  ledger.article_id,
  ledger.content_hash,
  ledger.ruleset_id,
  ledger.snapshot_id,
  ledger.page_id,
  block.position,
  block.kind,
  block.verdict,
  coalesce(block."text", substring(texts.text, block.char_start + 1, block.char_end - block.char_start)) as "text",
  block.rule_id,
  block.reason,
  block.field,
  block.repeat_of,
  block.role,
  block.dom_path,
  block.link_density,
  block.char_start,
  block.char_end,
  block.text_hash
from ledger
left join article_texts as texts using (article_id, content_hash);
