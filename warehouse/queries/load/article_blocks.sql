-- Lent rows of article_blocks, all of them new.
insert into article_blocks (
  article_id, content_hash, ruleset_id, snapshot_id, page_id, blocks
)
select article_id, content_hash, ruleset_id, snapshot_id, page_id, blocks
from lent;
