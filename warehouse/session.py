"""What statements run inside: a transaction, and rows lent to SQL under a name."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import duckdb

from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa


@contextlib.contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit at the end; roll back whatever ends the block early, an interrupt as well."""
    connection.execute("begin")
    try:
        yield
        connection.execute("commit")
    except BaseException:
        with contextlib.suppress(duckdb.Error):
            connection.execute("rollback")
        raise


@contextlib.contextmanager
def lent(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """The rows, readable in SQL under the name `lent` inside the block, where they lie; statements may neither filter nor join them."""
    connection.register("lent", rows)
    try:
        yield
    finally:
        connection.unregister("lent")


@contextlib.contextmanager
def staged(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """The rows, readable in SQL under the name `staged` inside the block."""
    with lent(connection, rows):
        connection.execute(statement("queries/session/stage.sql"))
    yield
    connection.execute(statement("queries/session/unstage.sql"))
