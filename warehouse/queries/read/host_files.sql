-- Host files that still hold, or whose host has been failing, one row per host and file: the newest, as many as may be held in memory.
with useful as (
  select
    *,
    row_number() over newest_first as place,
    sum(coalesce(strlen(content), 0)) over newest_first as bytes_until_here
  from host_files
  where expires_at > $now or failing_since is not null
  window newest_first as (order by fetched_at desc, origin, path rows unbounded preceding)
)
select
  origin, path, publisher_id, outcome, http_status, error, content, refuses_front_page, crawl_delay_seconds, fetched_at,
  expires_at, failing_since
from useful
where place <= $most
  and bytes_until_here <= $most_bytes
order by origin, path;
