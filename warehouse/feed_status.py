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
    """One feed, a row of feed_health. None: never polled, or as the view says."""

    feed_id: str
    publisher_id: str
    current_url: str | None
    state: str | None
    failures: int | None
    failure_kind: str | None
    next_due_at: datetime | None
    due_reason: str | None
    interval_seconds: int | None
    last_success_at: datetime | None
    last_new_entry_at: datetime | None
    last_gap_at: datetime | None
    conditional_distrusted_at: datetime | None
    ids_distrusted_at: datetime | None
    moving_to: str | None
    last_polled_at: datetime | None
    last_outcome: str | None
    last_http_status: int | None
    last_error: str | None
    last_notices: tuple[str, ...] | None
    polls_24h: int
    own_outages_24h: int
    new_entries_24h: int
    gaps_24h: int
    volume: str | None
    is_silent: bool | None


@dataclass(frozen=True, slots=True)
class PastPoll:
    """One poll. entry_count, new_entries, passed_over: None unless the feed was read. notices: None if an earlier version wrote it."""

    polled_at: datetime
    outcome: str
    http_status: int | None
    entry_count: int | None
    new_entries: int | None
    passed_over: int | None
    notices: tuple[str, ...] | None
    duration_ms: int | None
    error: str | None


@dataclass(frozen=True, slots=True)
class PastMove:
    """A change of the address that a feed is asked at, as FeedMoveRow."""

    from_url: str
    to_url: str
    cause: str
    first_seen_at: datetime | None
    polls: int
    moved_at: datetime


@dataclass(frozen=True, slots=True)
class PastGap:
    """A row of the view gaps."""

    previous_polled_at: datetime | None
    polled_at: datetime
    hours: float | None
    entries_before: int | None
    entries: int


@dataclass(frozen=True, slots=True)
class FeedPast:
    """What happened to a feed lately, newest first."""

    polls: tuple[PastPoll, ...] = ()
    moves: tuple[PastMove, ...] = ()
    gaps: tuple[PastGap, ...] = ()


def feed_statuses(published_path: Path) -> dict[str, FeedStatus]:
    """By feed_id, feeds that are listed no more too. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        rows = connection.execute(statement("queries/status/feeds.sql")).fetchall()
    return {row.feed_id: row for row in rows_of(FeedStatus, rows)}


def recheck_counts(published_path: Path, now: datetime) -> dict[str, int]:
    """Outcome -> articles looked at again in the last 24 hours. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        return dict(connection.execute(statement("queries/status/rechecks.sql"), {"now": now}).fetchall())


def feed_past(published_path: Path, feed_id: str, *, limit: int) -> FeedPast:
    """limit: of each. Raises NotPublished, WarehouseUnusable."""
    asked = {"feed_id": feed_id, "limit": limit}
    with published(published_path) as connection:
        polls, moves, gaps = (
            connection.execute(statement(f"queries/status/last_{name}.sql"), asked).fetchall() for name in ("polls", "moves", "gaps")
        )
    return FeedPast(tuple(rows_of(PastPoll, polls)), tuple(rows_of(PastMove, moves)), tuple(rows_of(PastGap, gaps)))
