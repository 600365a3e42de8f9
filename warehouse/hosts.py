"""What hosts tell of their rules: shown out of the published copy, and forgotten when nobody asks for it any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.connect import published
from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import duckdb


@dataclass(frozen=True, slots=True)
class HostStatus:
    """One file of a host, its text left out; see `warehouse.rows.HostFileRow`."""

    path: str
    outcome: str
    http_status: int | None
    error: str | None
    refuses_front_page: bool
    crawl_delay_seconds: float | None
    fetched_at: datetime
    expires_at: datetime
    failing_since: datetime | None


def host_statuses(published_path: Path, origin: str) -> tuple[HostStatus, ...]:
    """robots.txt first. origin: scheme, host, and port unless it is the usual one. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        rows = connection.execute(statement("queries/status/host_files.sql"), {"origin": origin}).fetchall()
    return tuple(rows_of(HostStatus, rows))


def forget_hosts(connection: duckdb.DuckDBPyConnection, *, before: datetime) -> None:
    """Remove what was to be asked for again before that time: addresses below a domain may be made up without end."""
    connection.execute(statement("queries/maintain/forget_hosts.sql"), {"before": before})
