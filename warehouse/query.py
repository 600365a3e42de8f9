"""Runs SQL that a person gives on the published copy."""

from __future__ import annotations

import itertools
import re
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.connect import published
from warehouse.errors import QueryFailed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

Type = duckdb.StatementType

_WRITING = {Type.COPY, Type.EXPORT, Type.ATTACH, Type.DETACH, Type.COPY_DATABASE, Type.PREPARE, Type.EXECUTE}
"""They could write into the files by month, which are open to reading."""

_COPIES = re.compile(r"\bcopy\b.*\bto\b", re.IGNORECASE | re.DOTALL)

ROWS_AT_A_TIME = 2_048  # what DuckDB works on at a time


@dataclass(frozen=True, slots=True)
class Result:
    """types: as DuckDB spells them. rows: Python values, instants aware and in UTC; read them once, the file stays open until the last."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Batches:
    """A result as Arrow: instants in UTC, ids as text. rows: read them once, while the copy is open; reading raises QueryFailed."""

    schema: pa.Schema
    rows: Iterator[pa.RecordBatch]


def query(published_path: Path, sql: str, parameters: Mapping[str, object] | None = None, *, max_rows: int | None = None) -> Result:
    """The result of the last statement. It can read the copy and nothing else: no file, no network, no setting.

    max_rows: None for all. Raises NotPublished, WarehouseUnusable and, here or while rows are read, QueryFailed.
    """
    with ExitStack() as stack:
        connection = stack.enter_context(published(published_path))
        _execute(connection, sql, parameters)
        described = connection.description or []
        columns = tuple(str(column[0]) for column in described)
        types = tuple(str(column[1]) for column in described)
        return Result(columns, types, itertools.islice(_rows(connection, stack.pop_all()), max_rows))


@contextmanager
def batches(published_path: Path, sql: str, parameters: Mapping[str, object] | None = None) -> Iterator[Batches]:
    """The same as batches of a few thousand rows, read as they are asked for. Raises as query does."""
    with published(published_path) as connection:
        _execute(connection, sql, parameters)
        with _failing_query():
            reader = connection.to_arrow_reader(ROWS_AT_A_TIME)
        yield Batches(reader.schema, _batches(reader))


def _execute(connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None) -> None:
    with _failing_query():
        statements = connection.extract_statements(sql)
        if not statements:
            raise QueryFailed("there is no statement to run")
        if any(each.type in _WRITING or (each.type == Type.EXPLAIN and _COPIES.search(each.query)) for each in statements):
            raise QueryFailed("it can read the copy and nothing else: no statement that writes, attaches or prepares is run")
        connection.execute(sql, dict(parameters) if parameters else None)


@contextmanager
def _failing_query() -> Iterator[None]:
    try:
        yield
    except (duckdb.Error, ValueError, OSError) as cause:  # Arrow hands on what DuckDB says as one of the latter two
        raise QueryFailed(str(cause)) from cause


def _batches(reader: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
    while True:
        with _failing_query():
            try:
                batch = reader.read_next_batch()
            except StopIteration:
                return
        yield batch


def _rows(connection: duckdb.DuckDBPyConnection, held: ExitStack) -> Iterator[tuple[object, ...]]:
    with held:
        while True:
            with _failing_query():
                rows = connection.fetchmany(ROWS_AT_A_TIME)
            if not rows:
                return
            yield from rows
