-- Where the articles of a publisher stand in its pages, as learned, and what became of that. All instants are UTC.

-- templates: one row per template that was learned; a template is known by the digest of what decides in it.
create table templates (
  template_id varchar not null,
  publisher_id varchar not null,
  pages integer not null,
  agreement double not null,
  fewest_words integer not null,
  most_words integer not null,
  widest_gap integer not null,
  learned_at timestamptz not null,
  run_id uuid not null
);

-- template_places: one row per template and place of a page that it knows.
create table template_places (
  template_id varchar not null,
  place varchar not null,
  inside integer not null,
  outside integer not null,
  decision varchar not null
);

-- template_states: one row per publisher that was tried: the template that its pages are read with, or when it is tried again.
create table template_states (
  publisher_id varchar not null,
  template_id varchar,
  since timestamptz,
  tries integer not null,
  next_try integer,
  retired_id varchar,
  retired_why varchar,
  retired_pages integer,
  retired_found double
);

-- template_checks: one row per cleaning in which a template was refused, or compared with the extractor.
create table template_checks (
  page_id uuid not null,
  article_id uuid not null,
  checked_at timestamptz not null,
  publisher_id varchar not null,
  template_id varchar not null,
  outcome varchar not null,
  reason varchar,
  agreement double,
  run_id uuid not null
);

-- The template that belongs to the snapshot; NULL: the extractor reads the pages.
alter table snapshots add column template_id varchar;
