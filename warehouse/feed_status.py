"""How feeds stand, out of the published copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.connect import published
from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """One feed. None: never polled. polls_without_overlap_24h: polls that shared no entry with any before, the first one aside."""

    feed_id: str
    publisher_id: str
    state: str | None
    failures: int | None
    next_due_at: datetime | None
    last_success_at: datetime | None
    last_new_entry_at: datetime | None
    last_polled_at: datetime | None
    last_outcome: str | None
    last_http_status: int | None
    last_error: str | None
    polls_24h: int
    new_entries_24h: int
    polls_without_overlap_24h: int


@dataclass(frozen=True, slots=True)
class PastPoll:
    """One poll. entry_count, new_entries: None unless the feed was read."""

    polled_at: datetime
    outcome: str
    http_status: int | None
    entry_count: int | None
    new_entries: int | None
    duration_ms: int | None
    error: str | None


def feed_statuses(published_path: Path) -> dict[str, FeedStatus]:
    """By feed_id, feeds that are listed no more too. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        rows = connection.execute(statement("queries/status/feeds.sql")).fetchall()
    return {row.feed_id: row for row in rows_of(FeedStatus, rows)}


def last_polls(published_path: Path, feed_id: str, *, limit: int) -> tuple[PastPoll, ...]:
    """Newest first. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        rows = connection.execute(statement("queries/status/last_polls.sql"), {"feed_id": feed_id, "limit": limit}).fetchall()
    return tuple(rows_of(PastPoll, rows))
