-- What changed between versions, and what a later request for a page can be made conditional on. All instants are UTC.

-- What is material in the text; NULL: the row is older than this column.
alter table article_texts add column material_hash varchar;

-- Validators that the server gave with the page.
alter table pages add column etag varchar;
alter table pages add column last_modified varchar;

-- text_changes: one row per two texts of an article that followed each other, and method of comparing them.
create table text_changes (
  article_id uuid not null,
  before_hash varchar not null,
  after_hash varchar not null,
  method integer not null,
  kind varchar not null,
  kinds varchar[] not null,
  blocks_added integer not null,
  blocks_removed integer not null,
  blocks_edited integer not null,
  blocks_moved integer not null,
  words_added integer not null,
  words_removed integer not null,
  corrections_added varchar[] not null,
  blocks struct(
    change varchar, position_before integer, position_after integer, words_added integer, words_removed integer, figures boolean
  )[] not null,
  compared_at timestamptz not null,
  run_id uuid not null
);
