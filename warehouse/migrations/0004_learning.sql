-- What was learned of publishers, the snapshots that cleaning used, and what people decided. All instants are UTC.

-- learned_rules: one row per learning of a publisher and rule that it found; a learning is known by the digest of its rules.
create table learned_rules (
  learned_id varchar not null,
  publisher_id varchar not null,
  rule_id varchar not null,
  feature varchar not null,
  rule_key varchar not null,
  state varchar not null,
  support integer not null,
  articles integer not null,
  days integer not null,
  first_day date,
  last_day date,
  example varchar not null
);

-- snapshots: one row per frozen state of what one publisher's pages are cleaned with; its active rules are those of its learning.
create table snapshots (
  snapshot_id varchar not null,
  publisher_id varchar not null,
  learned_id varchar,
  active_rules integer not null,
  disabled varchar[] not null,
  restored struct("article_id" uuid, "block_hash" ubigint)[] not null,
  created_at timestamptz not null,
  run_id uuid not null
);

-- learning_states: one row per publisher: its newest learning and active snapshot, and whether its articles were cleaned with it.
create table learning_states (
  publisher_id varchar not null,
  learned_id varchar,
  snapshot_id varchar,
  articles integer not null,
  learned_at timestamptz,
  is_followed boolean not null
);

-- overrides: one row per decision of a person about a rule, or about a block of an article; the newest about the same thing holds.
create table overrides (
  override_id uuid not null,
  made_at timestamptz not null,
  made_by varchar not null,
  action varchar not null,
  rule_id varchar,
  publisher_id varchar,
  article_id uuid,
  block_hash ubigint,
  example varchar,
  why varchar,
  run_id uuid not null
);
