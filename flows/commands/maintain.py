"""`feedmill maintain`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from flows.commands.alarms import with_alarms
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.pipeline.maintain import maintain as run_maintenance
from flows.unusable import Unusable
from flows.world import this_world


def maintain(
    *,
    state: State = None,
    check: Annotated[bool, Parameter(name="--audit", help="Check every rule over the whole warehouse.")] = True,
    keep_archive_days: Annotated[
        int | None, Parameter(help="Remove raw pages older than this many days. [default: keep all]", validator=Number(gte=1, lte=36_500))
    ] = None,
    json: Json = False,
) -> int:
    """Compact and check the warehouse, mark crashed runs, remove what they left; exit code 1 if a rule is violated."""
    settings = settings_with(state=state)
    if not settings.live.exists():
        raise Unusable(f"{settings.live} does not exist: name the folder of a warehouse with --state")
    keep = timedelta(days=keep_archive_days) if keep_archive_days else None
    summary = run_maintenance(settings, this_world(), check=check, keep_archive=keep)
    if json:
        print(as_json(asdict(summary)))
    elif summary.skipped:
        print(f"skipped: {summary.skipped}")
    else:
        removed = f"{summary.leftovers_removed} leftovers and {summary.archive_files_removed} archive files removed"
        done = f"{summary.bytes_before:,} -> {summary.bytes_after:,} bytes; {removed}; {len(summary.violations)} violations"
        print(with_alarms(done, summary.alarms))
        if summary.violations:
            console().print(
                table(None, ["audit", "subject", "detail"], [(each.audit, each.subject, each.detail) for each in summary.violations[:50]])
            )
    return 1 if summary.violations else 0
