-- Paragraphs that stand alike in articles of several publishers, one row per paragraph: agency copy, press releases, statements.
create or replace view shared_paragraphs as
with kept as (
  select current.publisher_id, current.article_id, current.known_at, block.text_hash, block.char_start, block.char_end
  from articles_current as current
  join (
    select article_id, content_hash, ruleset_id, snapshot_id, unnest(blocks) as block
    from article_blocks
  ) as ledger
    on ledger.article_id = current.article_id
    and ledger.content_hash = current.content_hash
    and ledger.ruleset_id = current.ruleset_id
    and ledger.snapshot_id is not distinct from current.snapshot_id
  where block.verdict = 'kept' and block.char_end - block.char_start >= 80
), shared as (
  select
    text_hash,
    count(distinct publisher_id) as publishers,
    count(distinct article_id) as articles,
    min(known_at) as first_known_at,
    arg_min({'article_id': article_id, 'publisher_id': publisher_id, 'char_start': char_start, 'char_end': char_end}, (known_at, article_id)) as earliest
  from kept
  group by text_hash
  having count(distinct publisher_id) > 1
)
select
  shared.text_hash,
  shared.publishers,
  shared.articles,
  shared.first_known_at,
  shared.earliest.publisher_id as first_publisher_id,
  shared.earliest.article_id as first_article_id,
  substring(current."text", shared.earliest.char_start + 1, shared.earliest.char_end - shared.earliest.char_start) as "text"
from shared
join articles_current as current on current.article_id = shared.earliest.article_id;
