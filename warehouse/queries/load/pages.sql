-- Staged rows of pages whose (page_id) is not there yet.
insert into pages (
  page_id, run_id, requested_url, final_url, fetched_at, outcome, http_status, content_type, wire_bytes, body_bytes,
  body_hash, duration_ms, archive_file, archive_offset, archive_length, error, opt_outs, redirects,
  etag, last_modified
)
select
  staged.page_id, staged.run_id, staged.requested_url, staged.final_url, staged.fetched_at, staged.outcome,
  staged.http_status, staged.content_type, staged.wire_bytes, staged.body_bytes, staged.body_hash, staged.duration_ms,
  staged.archive_file, staged.archive_offset, staged.archive_length, staged.error, staged.opt_outs, staged.redirects,
  staged.etag, staged.last_modified
from staged
anti join (
  select page_id
  from pages
  semi join staged using (page_id)
) as stored using (page_id);
