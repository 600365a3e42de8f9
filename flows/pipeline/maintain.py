"""Maintenance: what grew at all is learned, what crashed runs left is removed, the file is compacted and checked against itself."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from flows import policy
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.lease import RunLease
from flows.pipeline.near_duplicates import find_near_duplicates
from flows.pipeline.progress import Tell, nobody
from flows.pipeline.refine import refine
from flows.pipeline.revisions import compare_versions
from flows.pipeline.run import begin, end_badly, finish, watched
from warehouse.alarms import Alarm, alarms
from warehouse.audit import Violation, audit
from warehouse.compact import compact
from warehouse.hosts import forget_hosts
from warehouse.lease import INGEST, LeaseHeld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from flows.settings import Settings
    from flows.world import World

LEFTOVERS = ("*.duckdb.new", "*.duckdb.new.wal", "*.manifest.json.new")
"""What a publisher that was killed leaves beside the published copy. They are written under the warehouse's lock only."""


@dataclass(frozen=True, slots=True)
class MaintainSummary:
    """What maintenance came to. bytes_*: size of the live file. skipped: why nothing was done, None if it was. alarms: all."""

    run_id: UUID
    seconds: float
    bytes_before: int
    bytes_after: int
    leftovers_removed: int
    archive_files_removed: int
    violations: tuple[Violation, ...]
    skipped: str | None = None
    alarms: tuple[Alarm, ...] = ()


def maintain(
    settings: Settings, world: World, *, check: bool = True, keep_archive: timedelta | None = None, tell: Tell = nobody
) -> MaintainSummary:
    """One round, unless an ingest is at work. Runs that ended without a word are marked as crashed, as at the start of every run.

    check: audit the whole warehouse. keep_archive: raw pages older than that are removed; None keeps all.
    Raises WarehouseError if the store cannot be used, OSError if a file cannot be removed.
    """
    run_id, started = world.new_id(), world.now()
    steps = Steps(refining=replace(policy.REFINING, grown_by=1, grown_share=0.0))
    context = RunContext(run_id, settings, world, tell, steps, lease=RunLease(INGEST, "maintain", run_id, world))
    with context.warehouse() as connection:
        try:
            run = begin(context, connection, "maintain", None).row
        except LeaseHeld as held:
            return MaintainSummary(run_id, 0.0, 0, 0, 0, 0, (), skipped=str(held))
    bytes_before = _size(settings.live)
    try:
        asyncio.run(watched(context, _learn(context)))
        with context.warehouse(threads=2) as connection:
            forget_hosts(connection, before=started - policy.HOSTS_KEPT)
            compact(connection)
            leftovers = _remove(path for pattern in LEFTOVERS for path in settings.state.glob(pattern))
            old = _remove(_older(settings.archive, started - keep_archive)) if keep_archive else 0
            violations = audit(connection, run_id=None) if check else ()
            error = f"{len(violations)} audit violations, first: {violations[0].audit}" if violations else None
            odd = alarms(connection)
            finish(context, connection, run, error=error)
    except BaseException as failure:
        end_badly(context, run, f"{type(failure).__name__}: {failure}")
        raise
    seconds = (world.now() - started).total_seconds()
    return MaintainSummary(run_id, seconds, bytes_before, _size(settings.live), leftovers, old, violations, alarms=odd)


async def _learn(context: RunContext) -> None:
    async with context.steps.open_pool(context.settings.workers) as pool:
        await refine(context, pool)
        await find_near_duplicates(context)
        await compare_versions(context, everything=True)


def _older(archive: Path, than: datetime) -> Iterator[Path]:
    return (path for path in archive.glob("*.warc.gz") if path.stat().st_mtime < than.timestamp())


def _remove(paths: Iterator[Path]) -> int:
    found = list(paths)
    for path in found:
        path.unlink(missing_ok=True)
    return len(found)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
