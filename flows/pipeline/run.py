"""A run from its first row to its last: begun, watched over, checked against itself, ended."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.text.rules import builtin_rules
from warehouse import read
from warehouse.audit import Violation, audit
from warehouse.batch import Batch
from warehouse.errors import WarehouseError
from warehouse.migrate import migrate
from warehouse.rows import RunRow
from warehouse.run_counts import entry_counts, poll_counts

if TYPE_CHECKING:
    from collections.abc import Coroutine, Mapping
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
        shown = "\n".join(f"  {each.audit}: {each.subject}: {each.detail}" for each in self.violations[:SHOWN_VIOLATIONS])
        more = f"\n  and {len(self.violations) - SHOWN_VIOLATIONS} more" if len(self.violations) > SHOWN_VIOLATIONS else ""
        return f"run {self.run_id} does not add up, its rows are kept for a look:\n{shown}{more}"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run came to. polls: outcome -> polls. entries: outcome -> entries whose fate it decided, those of earlier runs too."""

    run_id: UUID
    seconds: float
    polls: Mapping[str, int]
    entries: Mapping[str, int]

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was loaded or revised."""
        return not (self.entries.get("loaded") or self.entries.get("revised"))


def begin(context: RunContext, connection: duckdb.DuckDBPyConnection, flow: str, config_hash: str | None) -> RunRow:
    """Bring the schema up to date, mark runs whose process is gone as crashed, and write this run's row."""
    world = context.world
    migrate(connection, now=world.now(), code_version=world.code_version)
    crashed = tuple(
        replace(row, status="crashed", finished_at=world.now(), error="its process ended without a word")
        for row in read.open_runs(connection)
        if row.host == world.host and not _is_alive(row.process_id)
    )
    ruleset_id = builtin_rules().ruleset_id
    run = RunRow(
        context.run_id,
        flow,
        world.code_version,
        ruleset_id,
        None,
        config_hash,
        world.host,
        world.process_id,
        world.now(),
        None,
        "running",
        None,
    )
    context.write(connection, Batch(runs=(*crashed, run)))
    return run


def carry_out(context: RunContext, run: RunRow, work: Coroutine[None, None, None]) -> RunSummary:
    """Do a run's work, then check and close it; whatever ends the work early is written to its row and raised, out of its groups."""
    try:
        asyncio.run(work)
    except BaseException as failure:
        cause = first_cause(failure)
        end_badly(context, run, f"{type(cause).__name__}: {cause}")
        if cause is failure:
            raise
        raise cause from failure
    return end(context, run)


def end(context: RunContext, run: RunRow) -> RunSummary:
    """Check the run's rows against each other and close its row. Raises RunFailed if they do not add up."""
    with context.warehouse() as connection:
        violations = audit(connection, run_id=run.run_id)
        finished = replace(run, finished_at=context.world.now(), status="failed" if violations else "completed")
        if violations:
            finished = replace(finished, error=f"{len(violations)} audit violations, first: {violations[0].audit}")
        context.write(connection, Batch(runs=(finished,)))
        if violations:
            raise RunFailed(run.run_id, violations)
        polls, entries = poll_counts(connection, run.run_id), entry_counts(connection, run.started_at)
    seconds = (finished.finished_at - run.started_at).total_seconds() if finished.finished_at else 0.0
    return RunSummary(run.run_id, seconds, polls, entries)


def end_badly(context: RunContext, run: RunRow, error: str) -> None:
    """Close the row of a run that could not go on, if the warehouse still takes it."""
    failed = replace(run, finished_at=context.world.now(), status="failed", error=error[:500])
    try:
        with context.warehouse() as connection:
            context.write(connection, Batch(runs=(failed,)))
    except WarehouseError:
        return  # the next run marks this one as crashed


def first_cause(failure: BaseException) -> BaseException:
    """What went wrong, out of the groups in which tasks that ran side by side report it."""
    while isinstance(failure, BaseExceptionGroup):
        failure = failure.exceptions[0]
    return failure


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
