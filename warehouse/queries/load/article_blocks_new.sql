-- Places of the staged keys of article_blocks, (article_id, content_hash, ruleset_id, snapshot_id), that are not there yet, in order.
-- Of new articles nothing is there, so that for them the table is not looked through.
select staged.place
from staged
anti join (
  select article_id, content_hash, ruleset_id, snapshot_id
  from article_blocks
  semi join (select article_id from staged anti join new_articles using (article_id)) as known using (article_id)
) as stored
  on stored.article_id = staged.article_id
  and stored.content_hash = staged.content_hash
  and stored.ruleset_id = staged.ruleset_id
  and stored.snapshot_id is not distinct from staged.snapshot_id
order by staged.place;
