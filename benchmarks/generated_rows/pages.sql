-- Pages of this part: one per version of an article, one per rejected entry.
insert into pages (
  page_id, run_id, requested_url, final_url, fetched_at, outcome, http_status, content_type, wire_bytes, body_bytes, body_hash, duration_ms,
  archive_file, archive_offset, archive_length, error, opt_outs, redirects
)
select
  page_id, run_id, url, url, observed_at, 'ok', 200, 'text/html; charset=utf-8', 31_000, 150_000, digest('page', n, version), 120 + n % 200,
  concat(strftime(observed_at, '%Y%m%d'), '.warc.gz'), (3 * n + version) * 31_000, 31_000, null, [], []
from versions
union all
select
  page_id(n, 1, first_seen_at), run_id(date_trunc('hour', first_seen_at)), url, if(n % 2 = 0, url, null), first_seen_at,
  if(n % 2 = 0, 'ok', 'http_error'), if(n % 2 = 0, 200, 404), 'text/html', 2_000, 5_000, digest('page', n, 1), 90, null, null, null,
  if(n % 2 = 0, '12 words', 'HTTP 404'), [], []
from entries
where is_rejected;
