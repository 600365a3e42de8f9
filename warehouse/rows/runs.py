"""What runs leave behind, one class per table: runs, sources and their memory, polls, and what became of entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class RunRow:
    """One run of a flow or command. status: running, completed, failed, crashed, skipped."""

    run_id: UUID
    flow: str
    code_version: str
    ruleset_id: str | None
    snapshot_id: str | None
    config_hash: str | None
    host: str
    process_id: int
    started_at: datetime
    finished_at: datetime | None
    status: str
    error: str | None


@dataclass(frozen=True, slots=True)
class PublisherRow:
    """One publisher: a registrable domain."""

    publisher_id: str
    name: str | None
    country: str | None
    language: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FeedRow:
    """One source of entries: a configured feed, or the files given to `feedmill import`. kind: feed or files."""

    feed_id: str
    publisher_id: str | None
    url: str
    kind: str
    title: str | None
    language: str | None
    added_at: datetime


@dataclass(frozen=True, slots=True)
class FeedStateRow:
    """One feed's memory between polls. state: active, backing_off, parked."""

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


@dataclass(frozen=True, slots=True)
class PollRow:
    """One request for a feed.

    outcome: ok, not_modified, same_body, http_error, timeout, dns, tls, connect, refused_address, too_large, not_a_feed, robots,
    worker_died, too_many_redirects, bad_url, bad_encoding, protocol.
    entry_count: items the feed held; None unless outcome is ok. overlap_count: those already known for this feed.
    passed_over: URLs of sitemaps that are not among them, since they are old or undated; None unless outcome is ok.
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


@dataclass(frozen=True, slots=True)
class EntryOutcomeRow:
    """What became of one entry of one poll. (poll_id, entry_key) is unique.

    outcome: loaded, revised, unchanged, duplicate, rejected, pending. A pending row is also the queue of what is still to fetch.
    """

    poll_id: UUID
    run_id: UUID
    feed_id: str
    entry_key: str
    entry_id: str | None
    entry_url: str | None
    entry_title: str | None
    entry_authors: tuple[str, ...]
    entry_published_at: datetime | None
    outcome: str
    reason: str | None
    article_id: UUID | None
    attempts: int
    next_try_at: datetime | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class FinishedEntryRow:
    """The end of a pending entry outcome: replaces outcome, reason, article_id, attempts, next_try_at and recorded_at of that row."""

    poll_id: UUID
    entry_key: str
    outcome: str
    reason: str | None
    article_id: UUID | None
    attempts: int
    next_try_at: datetime | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class KnownEntryRow:
    """One entry of one feed as last seen. fingerprint changes when its title, summary or update time does."""

    feed_id: str
    entry_key: str
    fingerprint: int
    article_id: UUID | None
    seen_at: datetime
