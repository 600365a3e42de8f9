"""A run's hold on its lease: taken when it begins, renewed while it is at work, let go when it ends."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

from flows import policy
from warehouse import lease
from warehouse.errors import WarehouseLocked

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    import duckdb

    from flows.pipeline.context import RunContext
    from flows.world import World

LASTS = timedelta(seconds=policy.LEASE_SECONDS)
BEAT = timedelta(seconds=policy.HEARTBEAT_SECONDS)


class RunLease:
    """name: which lease. flow: what the run is, for people who are told who holds it."""

    def __init__(self, name: str, flow: str, run_id: UUID, world: World) -> None:
        self.name = name
        self._holder = f"{flow} on {world.host} (process {world.process_id})"
        self._run_id = run_id
        self._world = world
        self._renewed_at = world.now()

    def take(self, connection: duckdb.DuckDBPyConnection, dead: Collection[UUID]) -> lease.Lease | None:
        """Take it; returns the holder that it was taken from, None if it was free. Raises LeaseHeld."""
        self._renewed_at = now = self._world.now()
        given = lease.acquire(connection, self.name, holder=self._holder, run_id=self._run_id, now=now, lasts=LASTS, dead=dead)
        return given.taken_from

    def keep(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Renew it if it is time. Called before every write, so that a run that has lost its place writes nothing. Raises LeaseLost.

        That is in good time before the next beat, which then need not open the warehouse.
        """
        now = self._world.now()
        if now - self._renewed_at >= BEAT / 2:
            lease.renew(connection, self.name, run_id=self._run_id, now=now, lasts=LASTS)
            self._renewed_at = now

    def is_due(self) -> bool:
        """Whether nobody renewed it for as long as a beat."""
        return self._world.now() - self._renewed_at >= BEAT

    def release(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Let go of the lease."""
        lease.release(connection, self.name, run_id=self._run_id)


async def keep_beating(context: RunContext) -> None:
    """Renew the run's lease until cancelled, also while nothing is written. Raises LeaseLost."""
    while context.lease:
        await asyncio.sleep(policy.HEARTBEAT_SECONDS)
        if context.lease.is_due():
            await asyncio.to_thread(_beat, context, context.lease)


def _beat(context: RunContext, held: RunLease) -> None:
    try:
        with context.warehouse() as connection:
            held.keep(connection)
    except WarehouseLocked:
        return  # whoever has the file open now cannot take the lease meanwhile; the next beat tells
