"""Runs SQL that a person gives on the published copy."""

from __future__ import annotations

import itertools
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.connect import published
from warehouse.errors import QueryFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ROWS_AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Result:
    """types: as DuckDB spells them. rows: Python values, instants aware and in UTC; read them once, the file stays open until the last."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: Iterator[tuple[object, ...]]


def query(published_path: Path, sql: str, *, max_rows: int | None = None) -> Result:
    """The result of the last statement. It can read the copy and nothing else: no file, no network, no setting.

    max_rows: None for all. Raises NotPublished, WarehouseUnusable and, here or while rows are read, QueryFailed.
    """
    with ExitStack() as stack:
        connection = stack.enter_context(published(published_path))
        try:
            statements = connection.extract_statements(sql)
            connection.execute(sql)
        except (duckdb.Error, ValueError) as cause:
            raise QueryFailed(str(cause)) from cause
        if not statements:
            raise QueryFailed("there is no statement to run")
        described = connection.description or []
        columns = tuple(str(column[0]) for column in described)
        types = tuple(str(column[1]) for column in described)
        return Result(columns, types, itertools.islice(_rows(connection, stack.pop_all()), max_rows))


def _rows(connection: duckdb.DuckDBPyConnection, held: ExitStack) -> Iterator[tuple[object, ...]]:
    with held:
        while True:
            try:
                rows = connection.fetchmany(ROWS_AT_A_TIME)
            except duckdb.Error as cause:
                raise QueryFailed(str(cause)) from cause
            if not rows:
                return
            yield from rows
