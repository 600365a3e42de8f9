-- The tables of the first release, one per class of warehouse/rows.py. All instants are UTC. What each column means stands in schema_docs.
-- No keys, checks or enumerations: they are held by insert-if-new and by the audits, and other targets of this schema have none.
-- `/* duckdb file: ... */` is a storage hint that only a DuckDB file understands.

-- runs: one row per run of a flow or command.
create table runs (
  run_id uuid not null,
  flow varchar not null,
  code_version varchar not null,
  ruleset_id varchar,
  snapshot_id varchar,
  config_hash varchar,
  host varchar not null,
  process_id integer not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  status varchar not null,
  error varchar
);

-- publishers: one row per publisher, a registrable domain.
create table publishers (
  publisher_id varchar not null,
  name varchar,
  country varchar,
  language varchar,
  added_at timestamptz not null
);

-- feeds: one row per configured feed, or set of imported files.
create table feeds (
  feed_id varchar not null,
  publisher_id varchar,
  url varchar not null,
  kind varchar not null,
  title varchar,
  language varchar,
  added_at timestamptz not null
);

-- feed_states: one row per feed, its memory between polls.
create table feed_states (
  feed_id varchar not null,
  current_url varchar not null,
  etag varchar,
  last_modified varchar,
  body_hash varchar,
  next_due_at timestamptz,
  state varchar not null,
  failures integer not null,
  last_success_at timestamptz,
  last_new_entry_at timestamptz,
  updated_at timestamptz not null
);

-- polls: one row per request for a feed.
create table polls (
  poll_id uuid not null,
  feed_id varchar not null,
  run_id uuid not null,
  polled_at timestamptz not null,
  outcome varchar not null,
  http_status integer,
  final_url varchar,
  redirects integer not null,
  wire_bytes bigint,
  body_bytes bigint,
  body_hash varchar,
  entry_count integer,
  overlap_count integer,
  duration_ms integer,
  archive_file varchar,
  archive_offset bigint,
  archive_length bigint,
  error varchar
);

-- entry_outcomes: one row per entry of a poll: what became of it; a pending row is also the queue of what is still to fetch.
create table entry_outcomes (
  poll_id uuid not null,
  run_id uuid not null,
  feed_id varchar not null,
  entry_key varchar not null,
  entry_id varchar,
  entry_url varchar,
  entry_title varchar,
  entry_authors varchar[] not null,
  entry_published_at timestamptz,
  outcome varchar not null,
  reason varchar,
  article_id uuid,
  attempts integer not null,
  next_try_at timestamptz,
  recorded_at timestamptz not null
);

-- known_entries: one row per entry of a feed, as last seen.
create table known_entries (
  feed_id varchar not null,
  entry_key varchar not null,
  fingerprint ubigint not null,
  article_id uuid,
  seen_at timestamptz not null
);

-- entry_aliases: one row per identity that an article was seen under.
create table entry_aliases (
  alias_key ubigint not null,
  article_id uuid not null,
  kind varchar not null,
  scope varchar not null,
  value varchar not null,
  first_seen_at timestamptz not null
);

-- pages: one row per fetch of a page, or imported file; the body lies in the archive.
create table pages (
  page_id uuid not null,
  run_id uuid not null,
  requested_url varchar not null,
  final_url varchar,
  fetched_at timestamptz not null,
  outcome varchar not null,
  http_status integer,
  content_type varchar,
  wire_bytes bigint,
  body_bytes bigint,
  body_hash varchar,
  duration_ms integer,
  archive_file varchar,
  archive_offset bigint,
  archive_length bigint,
  error varchar
);

-- articles: one row per canonical URL: identity, and what never changes.
create table articles (
  article_id uuid not null,
  url_key varchar not null,
  canonical_url varchar not null,
  publisher_id varchar not null,
  first_seen_at timestamptz not null,
  first_seen_date date not null
);

-- article_texts: one row per article and content_hash: headline and cleaned text.
create table article_texts (
  article_id uuid not null,
  content_hash varchar not null,
  title varchar,
  text varchar /* duckdb file: using compression zstd */ not null,
  language varchar,
  word_count integer not null,
  paragraph_count integer not null,
  first_seen_date date not null
);

-- article_metadata: one row per article and metadata_hash: what the publisher says about the article besides its text.
create table article_metadata (
  article_id uuid not null,
  metadata_hash varchar not null,
  subtitle varchar,
  authors varchar[] not null,
  section varchar,
  tags varchar[] not null,
  credits varchar[] not null,
  captions varchar[] not null,
  corrections varchar[] not null,
  image_url varchar,
  published_at timestamptz,
  published_on date,
  published_precision varchar,
  published_source varchar,
  modified_at timestamptz,
  first_seen_date date not null
);

-- article_observations: one row per time that a text was observed, or recomputed from the same page.
create table article_observations (
  article_id uuid not null,
  content_hash varchar not null,
  metadata_hash varchar not null,
  observed_at timestamptz not null,
  recorded_at timestamptz not null,
  page_id uuid not null,
  run_id uuid not null,
  cause varchar not null,
  extractor varchar not null,
  ruleset_id varchar not null,
  snapshot_id varchar,
  flags varchar[] not null
);

-- article_blocks: one row per text, ruleset and snapshot: the ledger, every block of the page in document order.
create table article_blocks (
  article_id uuid not null,
  content_hash varchar not null,
  ruleset_id varchar not null,
  snapshot_id varchar,
  page_id uuid not null,
  blocks struct(
    "position" integer,
    "text" varchar,
    "text_hash" ubigint,
    "kind" varchar,
    "dom_path" varchar,
    "link_density" double,
    "role" varchar,
    "verdict" varchar,
    "rule_id" varchar,
    "reason" varchar,
    "field" varchar,
    "char_start" integer,
    "char_end" integer,
    "repeat_of" integer
  )[] not null
);

-- metadata_candidates: one row per article, metadata_hash and value that a source offered for a field.
create table metadata_candidates (
  article_id uuid not null,
  metadata_hash varchar not null,
  field varchar not null,
  value varchar not null,
  source varchar not null,
  chosen boolean not null,
  why varchar
);
-- schema_docs: one row per relation (column_name is null) and per column of it: unit and meaning. Filled from schema_docs.tsv.
create table schema_docs (
  relation varchar not null,
  column_name varchar,
  unit varchar,
  meaning varchar not null
);

-- applied_definitions: one row, the digest of the views and column documentation that this file carries.
create table applied_definitions (
  sha256 varchar not null,
  applied_at timestamptz not null,
  code_version varchar not null
);
