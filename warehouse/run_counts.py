"""What a run came to, in two small counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    import duckdb


def poll_counts(connection: duckdb.DuckDBPyConnection, run_id: UUID) -> dict[str, int]:
    """Outcome -> polls of that run."""
    return dict(connection.execute(statement("queries/report/poll_counts.sql"), {"run_id": run_id}).fetchall())


def entry_counts(connection: duckdb.DuckDBPyConnection, since: datetime) -> dict[str, int]:
    """Outcome -> entries decided since then."""
    return dict(connection.execute(statement("queries/report/entry_counts.sql"), {"since": since}).fetchall())
