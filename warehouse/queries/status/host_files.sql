-- What a host tells in the files made for it, one row per file.
select path, outcome, http_status, error, refuses_front_page, crawl_delay_seconds, fetched_at, expires_at, failing_since
from host_files
where origin = $origin
order by path desc;
