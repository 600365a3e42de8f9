-- The ledger of an article as it stands now, one row per block; elsewhere: other articles of its publisher that carry the same wording now.
-- support, looked_at: of a learned rule, how many of its publisher's articles showed it, of how many that it was learned from.
with own as (
  select article_id, publisher_id, content_hash, ruleset_id, snapshot_id
  from articles_current
  where article_id = $article_id
), mine as (
  select
    blocks.position, blocks.verdict, blocks.kind, blocks.rule_id, blocks.reason, blocks.field, blocks.repeat_of, blocks."text",
    blocks.text_hash
  from blocks
  join own
    on own.article_id = blocks.article_id
    and own.content_hash = blocks.content_hash
    and own.ruleset_id = blocks.ruleset_id
    and own.snapshot_id is not distinct from blocks.snapshot_id
), siblings as (
  select article_id, unnest(blocks).text_hash as text_hash
  from article_blocks
  semi join (select articles.article_id from articles join own using (publisher_id) where articles.article_id <> own.article_id) as others
    using (article_id)
), carried as (
  select text_hash, count(distinct article_id) as elsewhere
  from siblings
  semi join (select text_hash from mine where verdict <> 'kept') as taken using (text_hash)
  group by text_hash
)
select
  mine.position, mine.verdict, mine.kind, mine.rule_id, mine.reason, mine.field, mine.repeat_of, mine."text",
  case when mine.verdict <> 'kept' then coalesce(carried.elsewhere, 0) end as elsewhere,
  learned.support,
  learned.articles as looked_at
from mine
left join carried using (text_hash)
left join learned_rules_current as learned
  on learned.rule_id = mine.rule_id and learned.publisher_id = (select publisher_id from own)
order by mine.position;
