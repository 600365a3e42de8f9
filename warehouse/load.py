"""Writes one batch of rows: all of it or nothing, and nothing twice."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

import pyarrow as pa

from warehouse.columns import arrow_table
from warehouse.errors import WarehouseError
from warehouse.printable import printable
from warehouse.session import lent, staged, transaction
from warehouse.statements import statement
from warehouse.tables import ARTICLES, FINISHED_ENTRIES, TABLES, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import duckdb

    from warehouse.batch import Batch

Row = TypeVar("Row")

REPLACED = frozenset({"runs", "feeds", "feed_states", "known_entries", "host_files", "learning_states", "template_states"})
"""Small tables whose rows change; the others only ever grow."""

BULKY = frozenset({"article_blocks"})
"""Of long rows: only their keys are staged, to find those that are new, and the rows go straight in."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """Rows that were new, by table. finished_entries: pending rows that this batch ended or put off."""

    runs: int = 0
    publishers: int = 0
    feeds: int = 0
    feed_states: int = 0
    feed_moves: int = 0
    polls: int = 0
    entry_outcomes: int = 0
    known_entries: int = 0
    entry_aliases: int = 0
    pages: int = 0
    host_files: int = 0
    templates: int = 0
    template_places: int = 0
    template_states: int = 0
    learned_rules: int = 0
    snapshots: int = 0
    learning_states: int = 0
    overrides: int = 0
    articles: int = 0
    article_texts: int = 0
    article_metadata: int = 0
    article_observations: int = 0
    article_blocks: int = 0
    template_checks: int = 0
    text_signatures: int = 0
    near_duplicate_pairs: int = 0
    text_changes: int = 0
    metadata_candidates: int = 0
    finished_entries: int = 0


def load(connection: duckdb.DuckDBPyConnection, batch: Batch, *, on_phase: Callable[[str], None] | None = None) -> Loaded:
    """Write the batch in one transaction. Loading it again changes nothing, so a load whose end was not seen is simply repeated.

    on_phase: told "load.in_transaction" when everything is written but not committed, and "load.committed".
    Raises WarehouseError when a value does not fit its column; nothing is written then.
    """
    tell = on_phase or _nobody
    tables = [(table, _staged(table, getattr(batch, table.name))) for table in TABLES if getattr(batch, table.name)]
    finished = _staged(FINISHED_ENTRIES, batch.finished_entries)
    articles = _staged(ARTICLES, batch.articles)
    with transaction(connection):
        with staged(connection, articles):
            connection.execute(statement("queries/load/new_articles.sql"))
        counts = {table.name: _write(connection, table, rows) for table, rows in tables}
        if finished.num_rows:
            counts[FINISHED_ENTRIES.name] = _finish(connection, finished)
        tell("load.in_transaction")
    tell("load.committed")
    return Loaded(**counts)


def first_of_each_key(rows: Sequence[Row], key: tuple[str, ...]) -> list[Row]:
    """The rows, in order, without those whose key an earlier row has."""
    key_of = attrgetter(*key)
    by_key: dict[object, Row] = {}
    for row in rows:
        by_key.setdefault(key_of(row), row)
    return list(by_key.values())


def _staged(table: Table, rows: Sequence[object]) -> pa.Table:
    try:
        return arrow_table(table.row, first_of_each_key(rows, table.key))
    except (ValueError, TypeError, OverflowError, pa.ArrowException) as cause:
        raise WarehouseError(f"{table.name}: a value does not fit its column, the batch was not loaded: {printable(str(cause))}") from cause


def _write(connection: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> int:
    if table.name in BULKY:
        return _write_bulky(connection, table, rows)
    with staged(connection, rows):
        if table.name in REPLACED:
            connection.execute(statement(f"queries/load/{table.name}_replace.sql"))
        return _changed(connection.execute(statement(f"queries/load/{table.name}.sql")))


def _write_bulky(connection: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> int:
    places = pa.array(range(rows.num_rows), pa.int32())
    with staged(connection, rows.select(table.key).append_column("place", places)):
        new = [place for (place,) in connection.execute(statement(f"queries/load/{table.name}_new.sql")).fetchall()]
    with lent(connection, rows if len(new) == rows.num_rows else rows.take(pa.array(new, pa.int32()))):
        return _changed(connection.execute(statement(f"queries/load/{table.name}.sql")))


def _finish(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> int:
    with staged(connection, rows):
        connection.execute(statement("queries/load/finished_known_entries.sql"))
        return _changed(connection.execute(statement("queries/load/finished_entries.sql")))


def _changed(result: duckdb.DuckDBPyConnection) -> int:
    counted = result.fetchone()
    return int(counted[0]) if counted else 0


def _nobody(phase: str) -> None:
    del phase
