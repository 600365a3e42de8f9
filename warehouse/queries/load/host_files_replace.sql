-- Host files, one row per host and file. The newer one wins, so that loading an older batch again changes nothing.
update host_files as stored
set
  publisher_id = staged.publisher_id,
  outcome = staged.outcome,
  http_status = staged.http_status,
  error = staged.error,
  content = staged.content,
  refuses_front_page = staged.refuses_front_page,
  crawl_delay_seconds = staged.crawl_delay_seconds,
  fetched_at = staged.fetched_at,
  expires_at = staged.expires_at,
  failing_since = staged.failing_since
from staged
where stored.origin = staged.origin
  and stored.path = staged.path
  and staged.fetched_at >= stored.fetched_at;
