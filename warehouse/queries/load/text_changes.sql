-- Staged rows of text_changes whose (article_id, before_hash, after_hash, method) is not there yet.
insert into text_changes (
  article_id, before_hash, after_hash, method, kind, kinds, blocks_added, blocks_removed, blocks_edited, blocks_moved, words_added,
  words_removed, corrections_added, blocks, compared_at, run_id
)
select
  staged.article_id, staged.before_hash, staged.after_hash, staged.method, staged.kind, staged.kinds, staged.blocks_added,
  staged.blocks_removed, staged.blocks_edited, staged.blocks_moved, staged.words_added, staged.words_removed, staged.corrections_added,
  staged.blocks, staged.compared_at, staged.run_id
from staged
anti join text_changes as stored using (article_id, before_hash, after_hash, method);
