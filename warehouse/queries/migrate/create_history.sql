-- migration_history: one row per migration that this file went through.
create table if not exists migration_history (
  number integer not null,
  name varchar not null,
  sha256 varchar not null,
  applied_at timestamptz not null,
  code_version varchar not null
);
