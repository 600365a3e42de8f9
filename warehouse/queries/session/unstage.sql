-- The session's staged rows, no longer needed.
drop table if exists temp.staged;
