"""A run's worth of new articles, as the pipeline hands them to the warehouse: polls first, then batches of what they brought."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, fields, replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, TypeVar

from benchmarks.generated_warehouse import Shape, generate
from warehouse import rows
from warehouse.batch import Batch
from warehouse.connect import live
from warehouse.read import rows_of
from warehouse.rows import FinishedEntryRow, KnownEntryRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from uuid import UUID

    import duckdb

Row = TypeVar("Row")
KNOWN_PER_FEED = 10


@dataclass(frozen=True, slots=True)
class Arrivals:
    """polls: one batch per feed. articles: batches of pages that were read, as large as the pipeline's. now: when all of it happens."""

    polls: tuple[Batch, ...]
    articles: tuple[Batch, ...]
    now: datetime


def arrivals(folder: Path, stored: duckdb.DuckDBPyConnection, *, articles: int, seed: int, run_id: UUID, batch_pages: int) -> Arrivals:
    """New articles of feeds that a generated warehouse has, on the day after its last; each feed also shows entries that are known.

    folder: for a file in which they are generated. stored: the warehouse.
    """
    [(last,)] = stored.execute("select max(first_seen_date) from articles").fetchall()
    now = datetime.combine(last, time(), UTC) + timedelta(days=1)
    path = folder / f"arrivals-{seed}.duckdb"
    generate(path, Shape(articles, seed, 1, now + timedelta(days=1)))
    with live(path, wait_seconds=0) as made:
        polls = tuple(_poll_batches(made, stored, run_id, now))
        loaded = tuple(_article_batches(made, run_id, batch_pages, polls, now))
    path.unlink()
    return Arrivals(polls, loaded, now)


def _poll_batches(made: duckdb.DuckDBPyConnection, stored: duckdb.DuckDBPyConnection, run_id: UUID, now: datetime) -> Iterator[Batch]:
    """Of each feed one poll, which brings all of its new entries and shows the newest known ones."""
    entries = {}
    for row in _all(made, rows.EntryOutcomeRow, "entry_outcomes", "where outcome = 'loaded' order by feed_id, entry_key"):
        entries.setdefault(row.feed_id, []).append(row)
    states = {row.feed_id: row for row in _all(made, rows.FeedStateRow, "feed_states")}
    first = "where outcome = 'ok' qualify row_number() over (partition by feed_id order by polled_at) = 1"
    for poll in _all(made, rows.PollRow, "polls", first):
        newest = f"where feed_id = '{poll.feed_id}' order by seen_at desc limit {KNOWN_PER_FEED}"
        known = _all(stored, KnownEntryRow, "known_entries", newest)
        new = [
            replace(row, poll_id=poll.poll_id, run_id=run_id, outcome="pending", article_id=None, attempts=0, recorded_at=now)
            for row in entries.get(poll.feed_id, ())
        ]
        shown = [
            replace(new[0], entry_key=row.entry_key, outcome="unchanged", article_id=row.article_id, recorded_at=now)
            for row in known
            if new and row.article_id
        ]
        yield Batch(
            polls=(replace(poll, run_id=run_id, polled_at=now, entry_count=len(new) + len(shown), overlap_count=len(shown)),),
            entry_outcomes=(*new, *shown),
            known_entries=(
                *(KnownEntryRow(row.feed_id, row.entry_key, 1, None, now) for row in new),
                *(replace(row, seen_at=now) for row in known),
            ),
            feed_states=(replace(states[poll.feed_id], updated_at=now),),
        )


def _article_batches(
    made: duckdb.DuckDBPyConnection, run_id: UUID, batch_pages: int, polls: Sequence[Batch], now: datetime
) -> Iterator[Batch]:
    pending = {(row.feed_id, row.entry_url): row for poll in polls for row in poll.entry_outcomes if row.outcome == "pending"}
    feed_of = {row.entry_url: row for (_, _), row in pending.items()}
    first = "qualify row_number() over (partition by article_id order by observed_at) = 1 order by observed_at, article_id"
    observed = _all(made, rows.ObservationRow, "article_observations", first)
    parts = {
        name: _by_article(_all(made, row, name))
        for name, row in (
            ("articles", rows.ArticleRow), ("article_texts", rows.ArticleTextRow), ("article_metadata", rows.ArticleMetadataRow),
            ("article_blocks", rows.ArticleBlocksRow), ("entry_aliases", rows.EntryAliasRow),
            ("metadata_candidates", rows.MetadataCandidateRow),
        )
    }  # fmt: skip
    pages = {row.page_id: row for row in _all(made, rows.PageRow, "pages")}
    for group in _groups(observed, batch_pages):
        keys = {row.article_id: (row.content_hash, row.metadata_hash) for row in group}
        taken = {name: [row for key in keys for row in found[key] if _belongs(row, *keys[key])] for name, found in parts.items()}
        ended = [
            FinishedEntryRow(entry.poll_id, entry.entry_key, "loaded", None, row.article_id, 1, None, now)
            for row in taken["articles"]
            if (entry := feed_of.get(row.canonical_url))
        ]
        yield Batch(
            pages=tuple(replace(pages[row.page_id], run_id=run_id) for row in group),
            article_observations=tuple(replace(row, run_id=run_id, snapshot_id=None) for row in group),
            finished_entries=tuple(ended),
            **{name: tuple(found) for name, found in taken.items() if name != "article_blocks"},
            article_blocks=tuple(replace(row, snapshot_id=None) for row in taken["article_blocks"]),
        )


def _belongs(row: object, content_hash: str, metadata_hash: str) -> bool:
    """Whether a row of an article is of that reading of it."""
    return getattr(row, "content_hash", content_hash) == content_hash and getattr(row, "metadata_hash", metadata_hash) == metadata_hash


def _all(connection: duckdb.DuckDBPyConnection, row: type[Row], table: str, rest: str = "") -> list[Row]:
    names = ", ".join(field.name for field in fields(row))
    found = rows_of(row, connection.execute(f"select {names} from {table} {rest}").fetchall())  # noqa: S608 - all of it is ours
    if row is rows.ArticleBlocksRow:
        return [replace(each, blocks=rows.Ledger(*zip(*(block.values() for block in each.blocks), strict=True))) for each in found]
    return found


def _by_article(found: Sequence[Row]) -> dict[UUID, list[Row]]:
    ordered = sorted(found, key=lambda row: row.article_id)
    return {key: list(group) for key, group in itertools.groupby(ordered, key=lambda row: row.article_id)}


def _groups(found: Sequence[Row], size: int) -> Iterator[Sequence[Row]]:
    for start in range(0, len(found), size):
        yield found[start : start + size]
