-- Articles that say the same as one, as both stand now, those known first on top. shared: of its kept blocks, which stand there alike.
with found as (
  select
    first_article_id as article_id, first_publisher_id as publisher_id, first_url as url, first_title as title, first_known_at as known_at,
    first_known_by as known_by, true as is_first, similarity, copied_share as own_share, reused_share as other_share, credited_by_both
  from near_duplicates
  where later_article_id = $article_id
  union all
  select
    later_article_id, later_publisher_id, later_url, later_title, later_known_at, later_known_by, false, similarity, reused_share,
    copied_share, credited_by_both
  from near_duplicates
  where first_article_id = $article_id
), others as (
  select current.article_id, current.content_hash, current.ruleset_id, current.snapshot_id
  from articles_current as current
  semi join found using (article_id)
), said_there as (
  select distinct ledger.article_id, ledger.text_hash
  from (
    select article_id, content_hash, ruleset_id, snapshot_id, unnest(blocks).text_hash as text_hash, unnest(blocks).verdict as verdict
    from article_blocks
    semi join found using (article_id)
  ) as ledger
  join others
    on others.article_id = ledger.article_id
    and others.content_hash = ledger.content_hash
    and others.ruleset_id = ledger.ruleset_id
    and others.snapshot_id is not distinct from ledger.snapshot_id
  where ledger.verdict = 'kept'
), alike as (
  select said_there.article_id, list(mine.position order by mine.position) as positions
  from blocks as mine
  join articles_current as current
    on current.article_id = mine.article_id
    and current.content_hash = mine.content_hash
    and current.ruleset_id = mine.ruleset_id
    and current.snapshot_id is not distinct from mine.snapshot_id
  join said_there using (text_hash)
  where mine.article_id = $article_id
    and mine.verdict = 'kept'
  group by said_there.article_id
)
select
  found.article_id, found.url, found.publisher_id, found.title, found.known_at, found.known_by, found.is_first, found.similarity,
  found.own_share, found.other_share, found.credited_by_both, coalesce(alike.positions, []) as shared
from found
left join alike using (article_id)
order by found.is_first desc, found.known_at, found.article_id;
