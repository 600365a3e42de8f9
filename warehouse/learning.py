"""What refining needs to know: how publishers grew, what was learned and decided, and what articles look like now."""

from __future__ import annotations

from dataclasses import fields
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from warehouse.read import rows_of
from warehouse.rows import LearnedRuleRow, LearningStateRow, OverrideRow, RestoredBlock, SnapshotRow
from warehouse.session import staged
from warehouse.statements import statement
from warehouse.stored import StoredBlock, StoredLedger, StoredReading, StoredSurroundings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from uuid import UUID

    import duckdb


def article_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many articles each publisher has, by publisher_id."""
    return dict(connection.execute(_query("article_counts")).fetchall())


def learning_states(connection: duckdb.DuckDBPyConnection) -> dict[str, LearningStateRow]:
    """The learning state of every publisher that has one, by publisher_id."""
    return {row.publisher_id: row for row in rows_of(LearningStateRow, connection.execute(_query("states")).fetchall())}


def overrides(connection: duckdb.DuckDBPyConnection) -> tuple[OverrideRow, ...]:
    """The decisions in force, oldest first."""
    return tuple(rows_of(OverrideRow, connection.execute(_query("overrides")).fetchall()))


def snapshots(connection: duckdb.DuckDBPyConnection, snapshot_ids: Collection[str]) -> dict[str, SnapshotRow]:
    """These snapshots, by snapshot_id."""
    with staged(connection, _texts("snapshot_id", snapshot_ids)):
        found = connection.execute(_query("snapshots")).fetchall()
    at = [field.name for field in fields(SnapshotRow)].index("restored")
    rows = [(*row[:at], [RestoredBlock(**each) for each in row[at]], *row[at + 1 :]) for row in found]
    return {row.snapshot_id: row for row in rows_of(SnapshotRow, rows)}


def learned_rules(connection: duckdb.DuckDBPyConnection, learned_ids: Collection[str]) -> dict[str, tuple[LearnedRuleRow, ...]]:
    """Rules by learning, in order of rule."""
    with staged(connection, _texts("learned_id", learned_ids)):
        found = rows_of(LearnedRuleRow, connection.execute(_query("rules")).fetchall())
    return {key: tuple(rows) for key, rows in groupby(found, key=lambda row: row.learned_id)}


def newest_articles(connection: duckdb.DuckDBPyConnection, publisher_ids: Collection[str], limit: int) -> dict[str, tuple[UUID, ...]]:
    """By publisher: no more than so many articles, newest first."""
    with staged(connection, _texts("publisher_id", publisher_ids)):
        found = connection.execute(_query("newest_articles"), {"limit": limit}).fetchall()
    return {publisher_id: tuple(article_id for _, article_id in rows) for publisher_id, rows in groupby(found, key=lambda row: row[0])}


def articles_behind(connection: duckdb.DuckDBPyConnection, publisher_id: str, snapshot_id: str | None, limit: int) -> tuple[UUID, ...]:
    """The publisher's articles that were last cleaned with something else than the snapshot, newest first."""
    given = {"publisher_id": publisher_id, "snapshot_id": snapshot_id, "limit": limit}
    return tuple(article_id for (article_id,) in connection.execute(_query("behind"), given).fetchall())


def ledgers(connection: duckdb.DuckDBPyConnection, article_ids: Collection[UUID], *, whole: bool = True) -> dict[UUID, StoredLedger]:
    """By article: every block of its page, as it stands now. Texts are cut into blocks here: SQL would copy them for every block.

    whole: False where blocks that the extractor left out are only counted, as surroundings: most blocks of a page are such.
    """
    with staged(connection, _articles(article_ids)):
        found = connection.execute(_query("ledgers")).fetchall()
    with staged(connection, pa.table({"place": pa.array([row[0] for row in found], pa.int64())})):
        blocks = _by_place(connection.execute(_query("ledger_blocks"), {"whole": whole}).fetchall())
        around = {} if whole else _by_place(connection.execute(_query("ledger_surroundings")).fetchall())
    return {
        article_id: StoredLedger(
            article_id,
            day,
            snapshot_id,
            tuple(_block(text, *row) for row in blocks.get(place, ())),
            tuple(StoredSurroundings(*row) for row in around.get(place, ())),
        )
        for place, article_id, day, snapshot_id, text in found
    }


def _by_place(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """The rows of each ledger, without its place."""
    return {place: [row[1:] for row in found] for place, found in groupby(rows, key=itemgetter(0))}


def _block(article: str, position: int, text: str | None, start: int, end: int, *others: Any) -> StoredBlock:  # noqa: ANN401 - columns
    """article: the text that a kept block is a span of."""
    return StoredBlock(position, article[start:end] if text is None else text, *others)


def readings(connection: duckdb.DuckDBPyConnection, article_ids: Collection[UUID]) -> dict[UUID, StoredReading]:
    """By article: its newest reading, with what its feed said."""
    with staged(connection, _articles(article_ids)):
        found = connection.execute(_query("readings")).fetchall()
    keys = {"article_id": pa.array([row[0] for row in found], pa.uuid()), "metadata_hash": pa.array([row[3] for row in found], pa.string())}
    with staged(connection, pa.table(keys)):
        said = connection.execute(_query("feed_values")).fetchall()
    values = {key: tuple((field, value) for _, field, value in rows) for key, rows in groupby(said, key=lambda row: row[0])}
    return {row.article_id: row for row in rows_of(StoredReading, [(*row, values.get(row[0], ())) for row in found])}


def _query(name: str) -> str:
    return statement(f"queries/learning/{name}.sql")


def _texts(name: str, values: Collection[str]) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string())})


def _articles(article_ids: Collection[UUID]) -> pa.Table:
    return pa.table({"article_id": pa.array(article_ids, pa.uuid())})
