-- Places that the template of a publisher knows, one row each, those with most words first. example: a block there, in its newest articles.
with newest as (
  select article_id
  from articles
  where publisher_id = $publisher_id
  order by first_seen_at desc, article_id
  limit $articles
), readings as (
  select article_id, content_hash, ruleset_id, snapshot_id
  from article_observations
  semi join newest using (article_id)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
), stood as (
  select readings.article_id, readings.content_hash, unnest(ledger.blocks) as block
  from article_blocks as ledger
  join readings
    on readings.article_id = ledger.article_id
    and readings.content_hash = ledger.content_hash
    and readings.ruleset_id = ledger.ruleset_id
    and readings.snapshot_id is not distinct from ledger.snapshot_id
), examples as (
  select
    stood.block.dom_path as place,
    min(
      left(
        coalesce(stood.block."text", substring(texts.text, stood.block.char_start + 1, stood.block.char_end - stood.block.char_start)), 120
      )
    ) as example
  from stood
  join article_texts as texts using (article_id, content_hash)
  group by stood.block.dom_path
)
select places.place, places.decision, places.inside, places.outside, examples.example
from template_states as states
join template_places as places using (template_id)
left join examples using (place)
where states.publisher_id = $publisher_id
order by places.inside + places.outside desc, places.place;
