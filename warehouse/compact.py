"""Writes the log into the file, puts together what many small writes left apart, and gives back what deleted rows left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.doublewrite import checkpointing
from warehouse.statements import statement

if TYPE_CHECKING:
    import duckdb


def compact(connection: duckdb.DuckDBPyConnection) -> None:
    """Checkpoint, renew the statistics, checkpoint again: free blocks at the end of the file are cut off."""
    gather(connection)
    with checkpointing(connection):
        connection.execute("force checkpoint")
    connection.execute("vacuum analyze")
    with checkpointing(connection):
        connection.execute("force checkpoint")


def gather(connection: duckdb.DuckDBPyConnection) -> None:
    """Let this connection's checkpoints, and its closing, merge row groups that are small: see warehouse.connect.APART."""
    connection.execute("set max_vacuum_tasks = 100")


def runs_so_far(connection: duckdb.DuckDBPyConnection) -> int:
    """How many runs there were, this one too."""
    [(count,)] = connection.execute(statement("queries/maintain/runs.sql")).fetchall()
    return int(count)
