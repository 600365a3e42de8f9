-- When the last run began that compared all that was recorded before; no time before the first.
select coalesce(max(started_at), '-infinity'::timestamptz)
from runs
where status = 'completed'
  and flow in ('ingest', 'import', 'maintain');
