-- The digest of the definitions that were just applied. The table holds one row, so the former one goes first.
insert into applied_definitions (sha256, applied_at, code_version)
values ($sha256, $applied_at, $code_version);
