-- Runs, publishers, feeds and what is remembered of them. The last run is an hour before the end.
insert into runs (
  run_id, flow, code_version, ruleset_id, snapshot_id, config_hash, host, process_id, started_at, finished_at, status, error
)
select
  run_id(began() + to_hours(hour)), 'ingest', '0.1.0', 'rules-generated', 'snapshots-generated', 'c0ffee', 'mill', 4711,
  began() + to_hours(hour), began() + to_hours(hour) + interval 40 minutes, 'completed', null
from (select unnest(range(24 * getvariable('days'))) as hour);

insert into publishers (publisher_id, name, country, language, added_at)
select publisher_id(number), concat('Paper ', number), ['GB', 'DE', 'FR', 'ES'][1 + number % 4], 'en', began()
from (select unnest(range(getvariable('publishers'))) as number);

insert into feeds (feed_id, publisher_id, url, kind, title, language, added_at)
select
  feed_id(number), publisher_id(number), concat('https://', publisher_id(number), '/feed-', number, '.xml'), 'feed', null, 'en', began()
from (select unnest(range(getvariable('feeds'))) as number);

insert into feed_states (
  feed_id, current_url, etag, last_modified, body_hash, next_due_at, state, failures, last_success_at, last_new_entry_at, updated_at,
  interval_seconds, due_reason, trusted_304s, full_body_at, read_url, read_entries, id_churns
)
select
  feed_id(number), concat('https://', publisher_id(number), '/feed-', number, '.xml'), concat('"', digest('etag', number, 0), '"'), null,
  digest('body', number, 0), getvariable('until') + interval 10 minutes, 'active', 0, getvariable('until') - interval 50 minutes,
  getvariable('until') - interval 8 hours, getvariable('until') - interval 50 minutes, 3600, 'interval', 0,
  getvariable('until') - interval 8 hours, concat('https://', publisher_id(number), '/feed-', number, '.xml'), 20, 0
from (select unnest(range(getvariable('feeds'))) as number);

insert into host_files (
  origin, path, publisher_id, outcome, http_status, error, content, refuses_front_page, crawl_delay_seconds, fetched_at, expires_at,
  failing_since
)
select
  concat('https://', publisher_id(number)), path, publisher_id(number), if(path = '/robots.txt', 'ok', 'absent'),
  if(path = '/robots.txt', 200, 404), null, if(path = '/robots.txt', 'User-agent: *' || chr(10) || 'Disallow: /search', null), false, null,
  getvariable('until') - interval 2 hours, getvariable('until') + interval 22 hours, null
from (select unnest(range(getvariable('publishers'))) as number), (values ('/robots.txt'), ('/.well-known/tdmrep.json')) as paths (path);

insert into learned_rules (
  learned_id, publisher_id, rule_id, feature, rule_key, state, support, articles, days, first_day, last_day, example
)
select
  learning_of(publisher_id(number)), publisher_id(number), concat('learned-edge-', substring(digest('rule', number, place), 1, 16)), 'edge',
  substring(digest('rule', number, place), 1, 16), if(place < 6, 'active', 'shadow'), 300 - place, 400, 90, cast(began() as date),
  cast(getvariable('until') as date) - 1, sentence('label', number, place, 2)
from (select unnest(range(getvariable('publishers'))) as number), (select unnest(range(8)) as place);

insert into snapshots (snapshot_id, publisher_id, learned_id, active_rules, disabled, restored, created_at, run_id)
select
  snapshot_of(publisher_id(number)), publisher_id(number), learning_of(publisher_id(number)), 6, [], [], began(), run_id(began())
from (select unnest(range(getvariable('publishers'))) as number);
