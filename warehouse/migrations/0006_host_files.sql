-- What hosts tell in robots.txt and tdmrep.json, kept from one run to the next. All instants are UTC.

-- host_files: one row per host and file, as it last was.
create table host_files (
  origin varchar not null,
  path varchar not null,
  publisher_id varchar not null,
  outcome varchar not null,
  http_status integer,
  error varchar,
  content varchar /* duckdb file: using compression zstd */,
  refuses_front_page boolean not null,
  crawl_delay_seconds double,
  fetched_at timestamptz not null,
  expires_at timestamptz not null,
  failing_since timestamptz
);
