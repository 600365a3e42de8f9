-- Texts of this part, what the publisher says about them, and when they were observed.
insert into article_texts (article_id, content_hash, title, text, language, word_count, paragraph_count, first_seen_date)
select article_id, content_hash, title, text, 'en', word_count, paragraph_count, cast(observed_at as date)
from versions;

insert into article_metadata (
  article_id, metadata_hash, subtitle, authors, section, tags, credits, captions, corrections, image_url, published_at, published_on,
  published_precision, published_source, modified_at, first_seen_date
)
select
  article_id, metadata_hash, if(n % 3 = 0, sentence('subtitle', n, 0, 14), null), [author],
  ['politics', 'sport', 'culture', 'business', 'world'][1 + n % 5], [word(n % 900 + 64), word(n % 700 + 64)],
  if(n % 4 = 0, [concat('Wire ', n % 12)], []), [sentence('caption', n, 0, 9)], [], concat('https://', publisher_id, '/images/', n, '.jpg'),
  first_seen_at - interval 20 minutes, cast(first_seen_at - interval 20 minutes as date), 'second', 'json-ld',
  observed_at - interval 20 minutes, cast(observed_at as date)
from versions;

insert into article_observations (
  article_id, content_hash, metadata_hash, observed_at, recorded_at, page_id, run_id, cause, extractor, ruleset_id, snapshot_id, flags
)
select
  article_id, content_hash, metadata_hash, observed_at, observed_at + interval 2 seconds, page_id, run_id, 'fetch', 'trafilatura 2.1.0',
  'rules-generated', snapshot_of(publisher_id), if(n % 40 = 0, ['paywalled'], [])
from versions;
