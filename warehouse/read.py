"""What a run needs to know before it computes. Each answer is for the keys asked, and leaves out those that are not there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from warehouse.rows import ArticleRow, EntryOutcomeRow, FeedStateRow, HostFileRow, KnownEntryRow, PollRow, RunRow
from warehouse.session import staged
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from uuid import UUID

    import duckdb

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class LatestObservation:
    """What an article looked like when its newest page was last cleaned. material_hash: content_hash where the text is older than that."""

    article_id: UUID
    content_hash: str
    metadata_hash: str
    observed_at: datetime
    extractor: str
    ruleset_id: str
    snapshot_id: str | None
    flags: tuple[str, ...]
    material_hash: str


def feed_states(connection: duckdb.DuckDBPyConnection, feed_ids: Collection[str]) -> dict[str, FeedStateRow]:
    """The states of these feeds, by feed_id; a feed that was never polled has none."""
    keys = pa.table({"feed_id": pa.array(feed_ids, pa.string())})
    return {row.feed_id: row for row in _among(connection, FeedStateRow, "feed_states", keys)}


def known_entries(connection: duckdb.DuckDBPyConnection, keys: Sequence[tuple[str, str]]) -> dict[tuple[str, str], KnownEntryRow]:
    """What these entries were when their feeds last showed them, by (feed_id, entry_key); new ones are left out."""
    feed_ids, entry_keys = ([key[part] for key in keys] for part in (0, 1))
    asked = pa.table({"feed_id": pa.array(feed_ids, pa.string()), "entry_key": pa.array(entry_keys, pa.string())})
    return {(row.feed_id, row.entry_key): row for row in _among(connection, KnownEntryRow, "known_entries", asked)}


def known_articles(connection: duckdb.DuckDBPyConnection, feed_id: str, article_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of the articles that the feed showed before."""
    asked = pa.table({"feed_id": pa.array([feed_id] * len(article_ids), pa.string()), "article_id": pa.array(article_ids, pa.uuid())})
    with staged(connection, asked):
        return frozenset(article_id for (article_id,) in connection.execute(statement("queries/read/known_articles.sql")).fetchall())


def polls(connection: duckdb.DuckDBPyConnection, poll_ids: Collection[UUID]) -> dict[UUID, PollRow]:
    """These polls, by poll_id."""
    keys = pa.table({"poll_id": pa.array(poll_ids, pa.uuid())})
    return {row.poll_id: row for row in _among(connection, PollRow, "polls", keys)}


def aliases(connection: duckdb.DuckDBPyConnection, keys: Collection[int]) -> dict[int, UUID]:
    """The articles that these identities name, by alias_key; identities of no article are left out."""
    with staged(connection, pa.table({"alias_key": pa.array(keys, pa.uint64())})):
        return dict(connection.execute(statement("queries/read/aliases.sql")).fetchall())


def latest_observations(connection: duckdb.DuckDBPyConnection, article_ids: Collection[UUID]) -> dict[UUID, LatestObservation]:
    """The newest observation of each of these articles, by article_id: by observed_at, then by recorded_at."""
    return {row.article_id: row for row in _among(connection, LatestObservation, "latest_observations", _article_keys(article_ids))}


def articles(connection: duckdb.DuckDBPyConnection, article_ids: Collection[UUID]) -> dict[UUID, ArticleRow]:
    """These articles, by article_id."""
    return {row.article_id: row for row in _among(connection, ArticleRow, "articles", _article_keys(article_ids))}


def feed_urls(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The address of every feed as last configured, by feed_id; those that were removed from the list too."""
    return dict(connection.execute(statement("queries/read/feed_urls.sql")).fetchall())


def pending_entries(connection: duckdb.DuckDBPyConnection, *, kind: str, now: datetime, limit: int) -> tuple[EntryOutcomeRow, ...]:
    """Entries whose next attempt is due at `now`, those that waited longest first, at most `limit`. kind: of their feed, feed or files."""
    found = connection.execute(statement("queries/read/pending_entries.sql"), {"kind": kind, "now": now, "limit": limit})
    return tuple(rows_of(EntryOutcomeRow, found.fetchall()))


def host_files(connection: duckdb.DuckDBPyConnection, *, now: datetime, most: int, most_bytes: int) -> tuple[HostFileRow, ...]:
    """Those that hold at `now`, and those that could not be had; the newest, at most so many, and so many bytes of content."""
    found = connection.execute(statement("queries/read/host_files.sql"), {"now": now, "most": most, "most_bytes": most_bytes})
    return tuple(rows_of(HostFileRow, found.fetchall()))


def open_runs(connection: duckdb.DuckDBPyConnection) -> tuple[RunRow, ...]:
    """Runs with status running, oldest first: at work now, or crashed."""
    return tuple(rows_of(RunRow, connection.execute(statement("queries/read/open_runs.sql")).fetchall()))


def _article_keys(article_ids: Collection[UUID]) -> pa.Table:
    return pa.table({"article_id": pa.array(article_ids, pa.uuid())})


def _among(connection: duckdb.DuckDBPyConnection, row: type[Row], name: str, keys: pa.Table) -> Iterable[Row]:
    with staged(connection, keys):
        return rows_of(row, connection.execute(statement(f"queries/read/{name}.sql")).fetchall())


def rows_of(row: type[Row], found: Iterable[tuple[object, ...]]) -> list[Row]:
    """What a query gave as instances of a row class."""
    return [row(*map(_value, values)) for values in found]


def _value(value: object) -> object:
    """As the row classes have it: tuples, and instants in the standard library's UTC."""
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return value
