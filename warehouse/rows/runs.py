"""What runs leave behind, one class per table: runs, sources, and what became of entries."""

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
