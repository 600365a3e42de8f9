-- Polls: one that read its feed, and three before the next one that found nothing new.
insert into polls (
  poll_id, feed_id, run_id, polled_at, outcome, http_status, final_url, redirects, wire_bytes, body_bytes, body_hash, entry_count,
  overlap_count, duration_ms, archive_file, archive_offset, archive_length, error, passed_over, notices, clashing_ids, churned_ids
)
select
  poll_id, feed_id, run_id, polled_at, 'ok', 200, concat('https://', publisher_id, '/feed-', feed, '.xml'), 0, 9_000, 40_000,
  digest('body', feed, poll), len(held), greatest(0, len(held) - 2), 80 + feed % 40, concat(strftime(polled_at, '%Y%m%d'), '-feeds.warc.gz'),
  (poll * getvariable('feeds') + feed) * 9_000, 9_000, null, 0, [], 0, 0
from read_polls
union all
select
  timed_id(asked_at, 'quiet', feed, 4 * poll + turn), feed_id, run_id(date_trunc('hour', asked_at)), asked_at, 'not_modified', 304,
  concat('https://', publisher_id, '/feed-', feed, '.xml'), 0, 200, 0, null, null, null, 30 + feed % 20, null, null, null, null, null, [],
  null, null
from (
  select
    *,
    run_at(least((2 * poll + 1 + 0.5 * turn) * getvariable('feeds') + feed, 2 * getvariable('polls') * getvariable('feeds') - 1))
    + to_seconds(2 * feed + 2) as asked_at
  from (select *, unnest([1, 2, 3]) as turn from read_polls)
);
