"""What a signal such as Ctrl-C raises, while DuckDB is at work."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def signals_as_they_came() -> Iterator[None]:
    """What a signal raises leaves a query of DuckDB as the cause of a RuntimeError; it leaves this block as itself."""
    try:
        yield
    except RuntimeError as interrupted:
        if isinstance(interrupted.__cause__, KeyboardInterrupt | SystemExit):
            raise interrupted.__cause__ from None
        raise


@contextmanager
def interrupted_when_left_early(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """End the query where something raised leaves the block: one that had only just begun, DuckDB would do to its end on closing."""
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # it is closed
            connection.interrupt()
        raise
