-- Alarms about the cleaning of these publishers, of all if NULL, one row per publisher, alarm and rule: what is odd about its newest articles against those before, of its 60 newest.
-- It takes 30 articles to have an alarm. A rule, or cleaning as a whole, is silent once so many articles lack it (10 or more) that it would have
-- been expected in 7 of them. The removed share is the median over articles: of the 10 newest against that of those before.
-- The newest are found without sorting all of a publisher. An article was observed when it was first seen or later, and page ids are in order
-- of time, so that observations and ledgers of the newest articles are found without reading the others.
create or replace macro cleaning_alarms_among(publisher_ids) as table
with own as materialized (
  select publisher_id, article_id, first_seen_at
  from articles
  where publisher_ids is null or publisher_id in (select unnest(publisher_ids))
), reached as (
  select publisher_id, list_min(max(first_seen_at, 60)) as since
  from own
  group by publisher_id
), newest as materialized (
  select
    publisher_id, article_id, first_seen_at,
    row_number() over (partition by publisher_id order by first_seen_at desc, article_id) as place
  from own
  join reached using (publisher_id)
  where own.first_seen_at >= reached.since
  qualify place <= 60
), seen_on as materialized (
  select distinct page_id
  from article_observations
  semi join newest using (article_id)
  where observed_at >= (select min(first_seen_at) from newest)
), observed as materialized (
  select article_id, content_hash, metadata_hash, ruleset_id, snapshot_id, observed_at, recorded_at, page_id
  from article_observations
  semi join seen_on using (page_id)
), cleaned_from as materialized (
  select
    article_id, content_hash, ruleset_id, snapshot_id,
    [
      {
        'verdict': block.verdict, 'rule_id': block.rule_id, 'text': block."text",
        'characters': coalesce(length(block."text"), block.char_end - block.char_start)
      }
      for block in blocks if coalesce(block.rule_id, '') <> 'outside-article'
    ] as blocks
  from article_blocks
  semi join seen_on using (page_id)
), readings as (
  select article_id, content_hash, ruleset_id, snapshot_id
  from observed
  semi join newest using (article_id)
  qualify row_number() over (
    partition by article_id
    order by observed_at desc, recorded_at desc, content_hash, metadata_hash, page_id
  ) = 1
), ledgers as (
  select newest.publisher_id, newest.place, newest.first_seen_at, unnest(ledger.blocks) as block
  from cleaned_from as ledger
  join readings
    on readings.article_id = ledger.article_id
    and readings.content_hash = ledger.content_hash
    and readings.ruleset_id = ledger.ruleset_id
    and readings.snapshot_id is not distinct from ledger.snapshot_id
  join newest on newest.article_id = ledger.article_id
), decided as (
  select publisher_id, place, first_seen_at, block.verdict, block.rule_id, block."text", block.characters
  from ledgers
), cleaned as (
  select
    publisher_id, place, first_seen_at,
    coalesce(sum(characters) filter (where verdict = 'removed'), 0) / greatest(sum(characters), 1) as removed_share
  from decided
  group by publisher_id, place, first_seen_at
), publishers_now as (
  select
    publisher_id,
    max(place) as articles,
    min(first_seen_at) filter (where place <= 10) as newest_since,
    median(removed_share) filter (where place <= 10) as found,
    median(removed_share) filter (where place > 10) as usual
  from cleaned
  group by publisher_id
  having max(place) >= 30
), fired as (
  select publisher_id, rule_id, place, "text"
  from decided
  where verdict <> 'kept' and rule_id is not null
  union all
  select publisher_id, cast(null as varchar) as rule_id, place, "text"
  from decided
  where verdict = 'removed'
), last_fired as (
  select publisher_id, rule_id, min(place) - 1 as missing_in, count(distinct place) as shown_in, min(left("text", 120)) as example
  from fired
  group by publisher_id, rule_id
  having min(place) > 10
), silent as (
  select
    last_fired.publisher_id, last_fired.rule_id, last_fired.missing_in, last_fired.example,
    last_fired.shown_in / (publishers_now.articles - last_fired.missing_in) as usual
  from last_fired
  join publishers_now using (publisher_id)
  where publishers_now.articles - last_fired.missing_in >= 20
    and last_fired.missing_in * last_fired.shown_in >= 7 * (publishers_now.articles - last_fired.missing_in)
), switched_off as (
  select states.publisher_id, unnest(snapshots.disabled) as rule_id
  from learning_states as states
  join snapshots using (snapshot_id)
)
select
  silent.publisher_id,
  case when silent.rule_id is null then 'nothing_removed' else 'rule_silent' end as alarm,
  silent.rule_id,
  cleaned.first_seen_at as since,
  cast(silent.missing_in as integer) as articles,
  silent.usual,
  cast(0 as double) as found,
  silent.example
from silent
join cleaned on cleaned.publisher_id = silent.publisher_id and cleaned.place = silent.missing_in
anti join switched_off on switched_off.publisher_id = silent.publisher_id and switched_off.rule_id = silent.rule_id
union all
select
  publisher_id,
  case when found > usual then 'removed_more' else 'removed_less' end,
  cast(null as varchar),
  newest_since,
  10,
  usual,
  found,
  cast(null as varchar)
from publishers_now
where abs(found - usual) >= 0.15 and greatest(found, usual) >= 2 * least(found, usual)
union all
select
  states.publisher_id,
  'template_' || states.retired_why,
  states.retired_id,
  states.since,
  states.retired_pages,
  case when states.retired_why = 'disagreed' then templates.agreement else 0 end,
  states.retired_found,
  cast(null as varchar)
from template_states as states
join templates on templates.template_id = states.retired_id
where states.template_id is null
  and states.retired_why in ('disagreed', 'refused')
  and (publisher_ids is null or states.publisher_id in (select unnest(publisher_ids)));
