-- What a row names exists, and what exists is named: no text without an observation, no article without either.
with own_articles as (
  select article_id, publisher_id from articles where rowid >= $articles_before
), own_texts as (
  select article_id, content_hash from article_texts where rowid >= $article_texts_before
), own_metadata as (
  select article_id, metadata_hash from article_metadata where rowid >= $article_metadata_before
), own_ledgers as (
  select article_id, content_hash, ruleset_id, snapshot_id from article_blocks where rowid >= $article_blocks_before
), own_candidates as (
  select distinct article_id, metadata_hash from metadata_candidates where rowid >= $metadata_candidates_before
), own_aliases as (
  select alias_key, article_id, kind from entry_aliases where rowid >= $entry_aliases_before
), own_signatures as (
  select article_id, content_hash from text_signatures where rowid >= $text_signatures_before
), own_polls as (
  select poll_id, run_id, feed_id from polls where $run_id::uuid is null or run_id = $run_id::uuid
), own_outcomes as (
  select poll_id, run_id, feed_id, entry_key, article_id from entry_outcomes where $run_id::uuid is null or run_id = $run_id::uuid
), own_pages as (
  select page_id, run_id from pages where $run_id::uuid is null or run_id = $run_id::uuid
), ended_outcomes as (
  select article_id from entry_outcomes where $since::timestamptz is null or recorded_at >= $since::timestamptz
), own_pairs as (
  select article_a as article_id, content_hash_a as content_hash
  from near_duplicate_pairs
  where $run_id::uuid is null or run_id = $run_id::uuid
  union
  select article_b, content_hash_b
  from near_duplicate_pairs
  where $run_id::uuid is null or run_id = $run_id::uuid
), own_changes as (
  select article_id, before_hash as content_hash from text_changes where $run_id::uuid is null or run_id = $run_id::uuid
  union
  select article_id, after_hash from text_changes where $run_id::uuid is null or run_id = $run_id::uuid
), own_observations as (
  select article_id, content_hash, metadata_hash, ruleset_id, snapshot_id, run_id, recorded_at, page_id
  from article_observations
  where $run_id::uuid is null or run_id = $run_id::uuid
), own_checks as (
  select page_id, article_id, checked_at, publisher_id, template_id
  from template_checks
  where $run_id::uuid is null or run_id = $run_id::uuid
), own_feeds as (
  select feed_id, publisher_id from feeds where $run_id::uuid is null or feed_id in (select feed_id from own_polls)
), own_states as (
  select feed_id from feed_states where $run_id::uuid is null or feed_id in (select feed_id from own_polls)
), own_known_entries as (
  select feed_id, entry_key, article_id
  from known_entries
  where $since::timestamptz is null or seen_at >= $since::timestamptz
), named_articles as (
  select article_id from own_aliases
  union
  select article_id from own_outcomes where article_id is not null
  union
  select article_id from own_known_entries where article_id is not null
), elsewhere as (
  select article_id from named_articles anti join own_articles using (article_id)
), missing_articles as materialized (
  select article_id from elsewhere anti join articles using (article_id)
), described_elsewhere as (
  select article_id, metadata_hash from own_candidates anti join own_metadata using (article_id, metadata_hash)
), written_elsewhere as (
  select article_id, content_hash from own_signatures anti join own_texts using (article_id, content_hash)
), polled_elsewhere as (
  select poll_id, entry_key from own_outcomes anti join own_polls using (poll_id)
), signed_elsewhere as (
  select article_id, content_hash from own_pairs anti join own_signatures using (article_id, content_hash)
), their_signatures as materialized (
  select article_id, content_hash
  from text_signatures
  where rowid in (select stored.rowid from text_signatures as stored semi join signed_elsewhere using (article_id))
), known_elsewhere as (
  select poll_id, feed_id, entry_key
  from own_outcomes
  semi join (select feed_id from feeds where kind = 'feed') as polled using (feed_id)
  anti join own_known_entries using (feed_id, entry_key)
), orphans as (
  select 'article' as what, article_id::varchar as named, 'publisher' as lacks
  from own_articles anti join publishers using (publisher_id)
  union all
  select 'article', article_id::varchar, 'observation' from own_articles anti join own_observations using (article_id)
  union all
  select 'article', article_id::varchar, 'entry' from own_articles anti join ended_outcomes using (article_id)
  union all
  select 'article', article_id::varchar, 'address among its identities'
  from own_articles
  anti join (select article_id from own_aliases where kind = 'url') as addresses using (article_id)
  union all
  select 'text', concat_ws(' ', article_id, content_hash), 'observation'
  from own_texts anti join own_observations using (article_id, content_hash)
  union all
  select 'metadata', concat_ws(' ', article_id, metadata_hash), 'observation'
  from own_metadata anti join own_observations using (article_id, metadata_hash)
  union all
  select 'ledger', concat_ws(' ', ledgers.article_id, ledgers.content_hash, ledgers.ruleset_id), 'observation'
  from own_ledgers as ledgers
  anti join own_observations as observations
    on observations.article_id = ledgers.article_id
    and observations.content_hash = ledgers.content_hash
    and observations.ruleset_id = ledgers.ruleset_id
    and observations.snapshot_id is not distinct from ledgers.snapshot_id
  union all
  select 'candidates', concat_ws(' ', article_id, metadata_hash), 'metadata'
  from described_elsewhere anti join article_metadata using (article_id, metadata_hash)
  union all
  select 'alias', alias_key::varchar, 'article' from own_aliases semi join missing_articles using (article_id)
  union all
  select 'signature', concat_ws(' ', article_id, content_hash), 'text'
  from written_elsewhere anti join article_texts using (article_id, content_hash)
  union all
  select 'near-duplicate', concat_ws(' ', article_id, content_hash), 'signature'
  from signed_elsewhere anti join their_signatures using (article_id, content_hash)
  union all
  select 'text change', concat_ws(' ', article_id, content_hash), 'text'
  from own_changes anti join article_texts using (article_id, content_hash)
  union all
  select 'poll', poll_id::varchar, 'run' from own_polls anti join runs using (run_id)
  union all
  select 'poll', poll_id::varchar, 'feed' from own_polls anti join feeds using (feed_id)
  union all
  select 'outcome', concat_ws(' ', poll_id, entry_key), 'poll' from polled_elsewhere anti join polls using (poll_id)
  union all
  select 'outcome', concat_ws(' ', poll_id, entry_key), 'article'
  from own_outcomes semi join missing_articles using (article_id)
  union all
  select 'outcome', concat_ws(' ', poll_id, entry_key), 'known entry'
  from known_elsewhere anti join known_entries using (feed_id, entry_key)
  union all
  select 'page', page_id::varchar, 'run' from own_pages anti join runs using (run_id)
  union all
  select 'observation', concat_ws(' ', article_id, recorded_at), 'run' from own_observations anti join runs using (run_id)
  union all
  select 'observation', concat_ws(' ', article_id, recorded_at), concat('snapshot ', snapshot_id)
  from own_observations anti join snapshots using (snapshot_id)
  where snapshot_id is not null
  union all
  select 'snapshot', snapshot_id, 'learning' from snapshots anti join learned_rules using (learned_id) where learned_id is not null
  union all
  select 'snapshot', snapshot_id, 'template' from snapshots anti join templates using (template_id) where template_id is not null
  union all
  select 'template', template_id, 'place' from templates anti join template_places using (template_id)
  union all
  select 'template place', concat_ws(' ', template_id, place), 'template' from template_places anti join templates using (template_id)
  union all
  select 'template state', publisher_id, 'template'
  from template_states anti join templates using (template_id, publisher_id)
  where template_id is not null
  union all
  select 'template check', concat_ws(' ', page_id, checked_at), 'template'
  from own_checks anti join templates using (template_id, publisher_id)
  union all
  select 'template check', concat_ws(' ', own_checks.page_id, own_checks.checked_at), 'observation'
  from own_checks
  anti join own_observations
    on own_observations.page_id = own_checks.page_id
    and own_observations.article_id = own_checks.article_id
    and own_observations.recorded_at = own_checks.checked_at
  union all
  select 'learning state', publisher_id, 'learning'
  from learning_states anti join learned_rules using (learned_id)
  where learned_id is not null
  union all
  select 'learning state', publisher_id, 'snapshot'
  from learning_states anti join snapshots using (snapshot_id, publisher_id)
  where snapshot_id is not null
  union all
  select 'override', override_id::varchar, 'article' from overrides anti join articles using (article_id) where article_id is not null
  union all
  select 'feed', feed_id, 'publisher' from own_feeds anti join publishers using (publisher_id) where publisher_id is not null
  union all
  select 'feed state', feed_id, 'feed' from own_states anti join feeds using (feed_id)
  union all
  select 'known entry', concat_ws(' ', feed_id, entry_key), 'feed' from own_known_entries anti join feeds using (feed_id)
  union all
  select 'known entry', concat_ws(' ', feed_id, entry_key), 'article'
  from own_known_entries semi join missing_articles using (article_id)
)
select concat_ws(' ', what, named) as subject, concat('no ', lacks) as detail
from orphans;
