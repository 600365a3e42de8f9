-- Staged rows of host_files whose (origin, path) is not there yet.
insert into host_files (
  origin, path, publisher_id, outcome, http_status, error, content, refuses_front_page, crawl_delay_seconds, fetched_at,
  expires_at, failing_since
)
select
  staged.origin, staged.path, staged.publisher_id, staged.outcome, staged.http_status, staged.error, staged.content,
  staged.refuses_front_page, staged.crawl_delay_seconds, staged.fetched_at, staged.expires_at, staged.failing_since
from staged
anti join host_files as stored using (origin, path);
