-- What hosts told that was to be asked for again before that time, and never was.
delete from host_files
where expires_at < $before;
