"""Writes the log into the file and gives back what deleted rows left."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb


def compact(connection: duckdb.DuckDBPyConnection) -> None:
    """Checkpoint, renew the statistics, checkpoint again: free blocks at the end of the file are cut off."""
    connection.execute("force checkpoint")
    connection.execute("vacuum analyze")
    connection.execute("force checkpoint")
