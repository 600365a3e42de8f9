-- The newest runs: one row per run, of all publishers.
select run_id, flow, status, started_at, finished_at, duration_seconds, polls, good_polls, loaded, revised, rejected, pending, pages, wire_bytes,
  left(error, 300) as error
from run_overview
order by started_at desc, run_id desc
limit $rows;
