"""A run from its first row to its last: begun, watched over, checked against itself, ended."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.lease import keep_beating
from tasks.text.rules import ruleset_id
from warehouse import read
from warehouse.alarms import Alarm, PollAlarm, alarms, poll_alarms, publishers_to_tell_of
from warehouse.audit import Violation, audit
from warehouse.batch import Batch
from warehouse.compact import gather, runs_so_far
from warehouse.errors import WarehouseError
from warehouse.lease import LeaseHeld
from warehouse.load import load
from warehouse.migrate import migrate
from warehouse.printable import printable
from warehouse.rows import RunRow
from warehouse.run_counts import entry_counts, poll_counts
from warehouse.watermark import Watermark, watermark

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    import duckdb

    from flows.pipeline.context import RunContext


SHOWN_VIOLATIONS = 10


class RunFailed(Exception):
    """The run's rows do not add up. violations: what the audits found."""

    def __init__(self, run_id: UUID, violations: tuple[Violation, ...]) -> None:
        super().__init__(run_id, violations)
        self.run_id, self.violations = run_id, violations

    def __str__(self) -> str:
        lines = (printable(f"{each.audit}: {each.subject}: {each.detail}") for each in self.violations[:SHOWN_VIOLATIONS])
        shown = "\n".join(f"  {line}" for line in lines)
        more = f"\n  and {len(self.violations) - SHOWN_VIOLATIONS} more" if len(self.violations) > SHOWN_VIOLATIONS else ""
        return f"run {self.run_id} does not add up, its rows are kept for a look:\n{shown}{more}"


class RunTooLong(Exception):
    """The run was at work for longer than a run may be. What it loaded stays; the next run goes on with the rest."""

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"stopped after {self.seconds / 3600:.1f} hours: what was loaded stays, the next run goes on with the rest"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run came to.

    polls: outcome -> polls. entries: outcome -> entries whose fate it decided, those of earlier runs too.
    skipped: why the run did nothing, None if it ran. alarms: see `publishers_to_tell_of`; poll_alarms: about its polls.
    """

    run_id: UUID
    seconds: float
    polls: Mapping[str, int]
    entries: Mapping[str, int]
    skipped: str | None = None
    alarms: tuple[Alarm, ...] = ()
    poll_alarms: tuple[PollAlarm, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was loaded or revised."""
        return not (self.entries.get("loaded") or self.entries.get("revised"))


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that is at work. row: its row, as it was written. before: rows of tables before it wrote anything."""

    row: RunRow
    before: Watermark


def begin(context: RunContext, connection: duckdb.DuckDBPyConnection, flow: str, config_hash: str | None) -> Begun:
    """Bring the schema up to date, take the run's lease, mark runs whose process is gone as crashed, and write this run's row.

    Raises LeaseHeld if another run is at work; this run's row says so then.
    """
    world = context.world
    migrate(connection, now=world.now(), code_version=world.code_version)
    open_runs = read.open_runs(connection)
    gone = {row.run_id: "its process ended without a word" for row in open_runs if row.host == world.host and not _is_alive(row.process_id)}
    run = RunRow(
        context.run_id, flow, world.code_version, ruleset_id(), None, config_hash, world.host, world.process_id, world.now(),
        None, "running", None,
    )  # fmt: skip
    try:
        taken_from = context.lease.take(connection, gone) if context.lease else None
    except LeaseHeld as held:
        skipped = replace(run, status="skipped", finished_at=world.now(), error=str(held))
        load(connection, Batch(runs=(*_crashed(open_runs, gone, world.now()), skipped)))
        raise
    if taken_from:
        gone.setdefault(taken_from.run_id, f"not heard of since {taken_from.heartbeat_at:%H:%M:%S} UTC, run {run.run_id} took its place")
    context.write(connection, Batch(runs=(*_crashed(open_runs, gone, world.now()), run)))
    return Begun(run, watermark(connection))


def carry_out(context: RunContext, begun: Begun, work: Coroutine[None, None, None]) -> RunSummary:
    """Do a run's work, then check and close it; whatever ends the work early is written to its row and raised, out of its groups."""
    try:
        asyncio.run(watched(context, work))
    except BaseException as failure:
        cause = first_cause(failure)
        end_badly(context, begun.row, f"{type(cause).__name__}: {cause}")
        if cause is failure:
            raise
        raise cause from failure
    return end(context, begun)


async def watched(context: RunContext, work: Coroutine[None, None, None]) -> None:
    """Do the work while the run's lease is renewed. Raises RunTooLong: a run that hangs must not hold its lease for ever."""
    limit = asyncio.timeout(context.steps.run_seconds)
    try:
        async with limit, asyncio.TaskGroup() as side_by_side:
            beating = side_by_side.create_task(keep_beating(context))
            await work
            beating.cancel()
    except TimeoutError as cause:
        if limit.expired():
            raise RunTooLong(context.steps.run_seconds) from cause
        raise


def end(context: RunContext, begun: Begun) -> RunSummary:
    """Check the run's rows against each other and close its row. Raises RunFailed if they do not add up."""
    run = begun.row
    with context.warehouse() as connection:
        violations = audit(connection, run_id=run.run_id, before=begun.before)
        finished = finish(
            context, connection, run, error=f"{len(violations)} audit violations, first: {violations[0].audit}" if violations else None
        )
        if violations:
            raise RunFailed(run.run_id, violations)
        polls, entries = poll_counts(connection, run.run_id), entry_counts(connection, run.started_at)
        told = publishers_to_tell_of(connection, before=begun.before, began=run.started_at)
        odd, odd_polls = alarms(connection, told), poll_alarms(connection, run.run_id)
    seconds = (finished.finished_at - run.started_at).total_seconds() if finished.finished_at else 0.0
    return RunSummary(run.run_id, seconds, polls, entries, alarms=odd, poll_alarms=odd_polls)


def finish(context: RunContext, connection: duckdb.DuckDBPyConnection, run: RunRow, *, error: str | None) -> RunRow:
    """Close the run's row, failed if there is an error, and let go of its lease. Returns the row."""
    if runs_so_far(connection) % policy.GATHER_EVERY_RUNS == 0:
        gather(connection)
    finished = replace(run, finished_at=context.world.now(), status="failed" if error else "completed", error=error)
    context.write(connection, Batch(runs=(finished,)))
    if context.lease:
        context.lease.release(connection)
    return finished


def end_badly(context: RunContext, run: RunRow, error: str) -> None:
    """Close the row of a run that could not go on, if the warehouse still takes it."""
    try:
        with context.warehouse() as connection:
            finish(context, connection, run, error=error[:500])
    except WarehouseError:
        return  # the next run marks this one as crashed


def first_cause(failure: BaseException) -> BaseException:
    """What went wrong, out of the groups in which tasks that ran side by side report it."""
    while isinstance(failure, BaseExceptionGroup):
        failure = failure.exceptions[0]
    return failure


def _crashed(open_runs: Sequence[RunRow], gone: Mapping[UUID, str], now: datetime) -> tuple[RunRow, ...]:
    return tuple(replace(row, status="crashed", finished_at=now, error=gone[row.run_id]) for row in open_runs if row.run_id in gone)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
