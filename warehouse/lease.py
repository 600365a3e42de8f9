"""Run leases: of the runs that share one, only one is at work, however they were started. Each call is one short transaction.

A holder that dies leaves its lease behind; it runs out, and the next run takes it over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

import duckdb

from warehouse.errors import WarehouseError
from warehouse.session import transaction
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime, timedelta
    from uuid import UUID

INGEST = "ingest"


@dataclass(frozen=True, slots=True)
class Lease:
    """A held lease. holder: who, for people. expires_at: from then on another run may take it."""

    name: str
    holder: str
    run_id: UUID
    acquired_at: datetime
    heartbeat_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Acquired:
    """The lease is ours. taken_from: the holder that had not let go of it, None if it was free."""

    taken_from: Lease | None


class LeaseHeld(WarehouseError):
    """Another run is at work; this one has nothing to do. lease: None if it was taken in this very moment."""

    def __init__(self, lease: Lease | None) -> None:
        super().__init__(lease)
        self.lease = lease

    def __str__(self) -> str:
        if self.lease is None:
            return "another run began in the same moment"
        return f"{self.lease.holder} has been at work since {self.lease.acquired_at:%Y-%m-%d %H:%M:%S} UTC as run {self.lease.run_id}"


class LeaseLost(WarehouseError):
    """The run was not heard of for so long that another one has taken its place: it must not write any more."""

    def __str__(self) -> str:
        return "this run was silent for too long and another one took its place: nothing is lost, that one does its work"


def acquire(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    *,
    holder: str,
    run_id: UUID,
    now: datetime,
    lasts: timedelta,
    dead: Collection[UUID] = (),
) -> Acquired:
    """Take the lease. Raises LeaseHeld if another run holds it, unless it has expired or that run is among the dead.

    holder: who asks, for people. dead: runs whose process is known to be gone.
    """
    try:
        with transaction(connection):
            current = held(connection, name)
            if current and current.expires_at > now and current.run_id not in dead:
                raise LeaseHeld(current)
            values = {"name": name, "holder": holder, "run_id": run_id, "now": now, "expires_at": now + lasts}
            connection.execute(statement("queries/lease/take.sql"), values)
    except duckdb.TransactionException as cause:
        raise LeaseHeld(None) from cause
    return Acquired(current)


def renew(connection: duckdb.DuckDBPyConnection, name: str, *, run_id: UUID, now: datetime, lasts: timedelta) -> None:
    """Say that the run is at work. Raises LeaseLost if another one took the lease; an expired lease that nobody took stays ours."""
    values = {"name": name, "run_id": run_id, "now": now, "expires_at": now + lasts}
    if not connection.execute(statement("queries/lease/renew.sql"), values).fetchall():
        raise LeaseLost(name)


def release(connection: duckdb.DuckDBPyConnection, name: str, *, run_id: UUID) -> None:
    """Let go of the lease, if the run still has it."""
    connection.execute(statement("queries/lease/release.sql"), {"name": name, "run_id": run_id})


def held(connection: duckdb.DuckDBPyConnection, name: str) -> Lease | None:
    """Who has the lease, or died with it; None while it is free."""
    found = connection.execute(statement("queries/lease/read.sql"), {"name": name}).fetchone()
    if found is None:
        raise WarehouseError(f"there is no lease called {name}: bring the file to the schema of this version by running an ingest")
    if found[2] is None:
        return None
    return Lease(found[0], found[1], found[2], *(instant.astimezone(UTC) for instant in found[3:]))
