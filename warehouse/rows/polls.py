"""What polls leave behind: themselves, the memory of their feeds, and the moves of these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class FeedStateRow:
    """One feed's memory between polls.

    state: active, backing_off, parked. interval_seconds: the interval that polls led to; due_reason: what decided on next_due_at:
    interval, publisher, fresh, shortest, longest, skipped, retry_after, temporary, soft, hard, gone, own_outage.
    least_seconds, skip_hours, skip_days: as the feed itself last said. failure_kind: of the last poll, None if it was good.
    gone_since: the first 410 since the last good poll. moving_to, moving_since, moving_polls: a permanent redirect not yet believed.
    trusted_304s: since the last whole body, which came at full_body_at. conditional_distrusted_at: when a 304 hid entries.
    read_url, read_entries: where the last read came from that held entries, and how many. id_churns: reads in a row with known entries
    under new ids; ids_distrusted_at: since when ids are not used.
    None in what came later: the feed was last polled by an earlier version.
    """

    feed_id: str
    current_url: str
    etag: str | None
    last_modified: str | None
    body_hash: str | None
    next_due_at: datetime | None
    state: str
    failures: int
    last_success_at: datetime | None
    last_new_entry_at: datetime | None
    updated_at: datetime
    interval_seconds: int | None = None
    due_reason: str | None = None
    least_seconds: int | None = None
    skip_hours: tuple[int, ...] | None = None
    skip_days: tuple[int, ...] | None = None
    failure_kind: str | None = None
    gone_since: datetime | None = None
    moving_to: str | None = None
    moving_since: datetime | None = None
    moving_polls: int | None = None
    trusted_304s: int | None = None
    full_body_at: datetime | None = None
    conditional_distrusted_at: datetime | None = None
    last_gap_at: datetime | None = None
    read_url: str | None = None
    read_entries: int | None = None
    id_churns: int | None = None
    ids_distrusted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedMoveRow:
    """One change of the address that a feed is asked at. cause: redirect held, fell back. (feed_id, moved_at) is unique.

    first_seen_at: of the redirect, None for a fall back. polls: that it held, or that failed in a row.
    """

    feed_id: str
    from_url: str
    to_url: str
    cause: str
    first_seen_at: datetime | None
    polls: int
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class PollRow:
    """One request for a feed.

    outcome: ok, not_modified, same_body, http_error, timeout, dns, tls, connect, refused_address, too_large, not_a_feed, html_instead,
    robots, worker_died, too_many_redirects, bad_url, bad_encoding, protocol.
    entry_count: items the feed held; None unless outcome is ok. overlap_count: those already known for this feed.
    passed_over: URLs of sitemaps that are not among them, since they are old or undated; None unless outcome is ok.
    notices: what is odd about it, see tasks.polling.notices; None: of an earlier version. clashing_ids: entries whose id stands on another
    one too; churned_ids: entries known by their link under an id not seen before; None unless the feed was read.
    """

    poll_id: UUID
    feed_id: str
    run_id: UUID
    polled_at: datetime
    outcome: str
    http_status: int | None
    final_url: str | None
    redirects: int
    wire_bytes: int | None
    body_bytes: int | None
    body_hash: str | None
    entry_count: int | None
    overlap_count: int | None
    duration_ms: int | None
    archive_file: str | None
    archive_offset: int | None
    archive_length: int | None
    error: str | None
    passed_over: int | None
    notices: tuple[str, ...] | None = None
    clashing_ids: int | None = None
    churned_ids: int | None = None
