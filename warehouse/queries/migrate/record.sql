-- One applied migration.
insert into migration_history (number, name, sha256, applied_at, code_version)
values ($number, $name, $sha256, $applied_at, $code_version);
