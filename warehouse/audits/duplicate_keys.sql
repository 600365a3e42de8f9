-- No two rows of a table share its key.
with seen as (
  select feed_id, entry_key
  from known_entries
  where $since::timestamptz is null or seen_at >= $since::timestamptz
), duplicates as (
  select 'runs' as relation, run_id::varchar as key_values, count(*) as copies
  from runs
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by run_id
  having count(*) > 1
  union all
  select 'publishers' as relation, publisher_id::varchar as key_values, count(*) as copies
  from publishers
  group by publisher_id
  having count(*) > 1
  union all
  select 'feeds' as relation, feed_id::varchar as key_values, count(*) as copies
  from feeds
  where $run_id::uuid is null or feed_id in (select feed_id from polls where run_id = $run_id::uuid)
  group by feed_id
  having count(*) > 1
  union all
  select 'feed_states' as relation, feed_id::varchar as key_values, count(*) as copies
  from feed_states
  where $run_id::uuid is null or feed_id in (select feed_id from polls where run_id = $run_id::uuid)
  group by feed_id
  having count(*) > 1
  union all
  select 'feed_moves' as relation, concat_ws(' ', feed_id, moved_at) as key_values, count(*) as copies
  from feed_moves
  where $run_id::uuid is null or feed_id in (select feed_id from polls where run_id = $run_id::uuid)
  group by feed_id, moved_at
  having count(*) > 1
  union all
  select 'polls' as relation, poll_id::varchar as key_values, count(*) as copies
  from polls
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by poll_id
  having count(*) > 1
  union all
  select 'entry_outcomes' as relation, concat_ws(' ', poll_id, entry_key) as key_values, count(*) as copies
  from entry_outcomes
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by poll_id, entry_key
  having count(*) > 1
  union all
  select 'known_entries' as relation, concat_ws(' ', feed_id, entry_key) as key_values, count(*) as copies
  from known_entries
  semi join seen using (feed_id, entry_key)
  group by feed_id, entry_key
  having count(*) > 1
  union all
  select 'entry_aliases' as relation, alias_key::varchar as key_values, count(*) as copies
  from entry_aliases
  where rowid >= $entry_aliases_before
  group by alias_key
  having count(*) > 1
  union all
  select 'pages' as relation, page_id::varchar as key_values, count(*) as copies
  from pages
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by page_id
  having count(*) > 1
  union all
  select 'templates' as relation, template_id as key_values, count(*) as copies
  from templates
  group by template_id
  having count(*) > 1
  union all
  select 'template_places' as relation, concat_ws(' ', template_id, place) as key_values, count(*) as copies
  from template_places
  group by template_id, place
  having count(*) > 1
  union all
  select 'template_states' as relation, publisher_id as key_values, count(*) as copies
  from template_states
  group by publisher_id
  having count(*) > 1
  union all
  select 'template_checks' as relation, concat_ws(' ', page_id, article_id, checked_at) as key_values, count(*) as copies
  from template_checks
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by page_id, article_id, checked_at
  having count(*) > 1
  union all
  select 'learned_rules' as relation, concat_ws(' ', learned_id, rule_id) as key_values, count(*) as copies
  from learned_rules
  group by learned_id, rule_id
  having count(*) > 1
  union all
  select 'snapshots' as relation, snapshot_id as key_values, count(*) as copies
  from snapshots
  group by snapshot_id
  having count(*) > 1
  union all
  select 'host_files' as relation, origin || path as key_values, count(*) as copies
  from host_files
  group by origin, path
  having count(*) > 1
  union all
  select 'learning_states' as relation, publisher_id as key_values, count(*) as copies
  from learning_states
  group by publisher_id
  having count(*) > 1
  union all
  select 'overrides' as relation, override_id::varchar as key_values, count(*) as copies
  from overrides
  group by override_id
  having count(*) > 1
  union all
  select 'articles' as relation, article_id::varchar as key_values, count(*) as copies
  from articles
  semi join (select article_id from articles where rowid >= $articles_before) as own using (article_id)
  group by article_id
  having count(*) > 1
  union all
  select 'articles' as relation, url_key as key_values, count(*) as copies
  from articles
  where rowid >= $articles_before
  group by url_key
  having count(distinct article_id) > 1
  union all
  select 'article_texts' as relation, concat_ws(' ', article_id, content_hash) as key_values, count(*) as copies
  from article_texts
  where rowid >= $article_texts_before
  group by article_id, content_hash
  having count(*) > 1
  union all
  select 'article_metadata' as relation, concat_ws(' ', article_id, metadata_hash) as key_values, count(*) as copies
  from article_metadata
  where rowid >= $article_metadata_before
  group by article_id, metadata_hash
  having count(*) > 1
  union all
  select 'article_observations' as relation, concat_ws(' ', page_id, article_id, recorded_at) as key_values, count(*) as copies
  from article_observations
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by page_id, article_id, recorded_at
  having count(*) > 1
  union all
  select 'article_blocks' as relation, concat_ws(' ', article_id, content_hash, ruleset_id, snapshot_id) as key_values, count(*) as copies
  from article_blocks
  where rowid >= $article_blocks_before
  group by article_id, content_hash, ruleset_id, snapshot_id
  having count(*) > 1
  union all
  select 'metadata_candidates' as relation,
    concat_ws(' ', article_id, metadata_hash, field, value, source) as key_values, count(*) as copies
  from metadata_candidates
  where rowid >= $metadata_candidates_before
  group by article_id, metadata_hash, field, value, source
  having count(*) > 1
  union all
  select 'text_signatures' as relation, concat_ws(' ', article_id, content_hash) as key_values, count(*) as copies
  from text_signatures
  where rowid >= $text_signatures_before
  group by article_id, content_hash
  having count(*) > 1
  union all
  select 'near_duplicate_pairs' as relation,
    concat_ws(' ', article_a, content_hash_a, article_b, content_hash_b) as key_values, count(*) as copies
  from near_duplicate_pairs
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by article_a, content_hash_a, article_b, content_hash_b
  having count(*) > 1
  union all
  select 'text_changes' as relation, concat_ws(' ', article_id, before_hash, after_hash, method) as key_values, count(*) as copies
  from text_changes
  where $run_id::uuid is null or run_id = $run_id::uuid
  group by article_id, before_hash, after_hash, method
  having count(*) > 1
)
select concat_ws(' ', relation, key_values) as subject, concat(copies, ' rows') as detail
from duplicates;
