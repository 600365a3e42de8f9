"""The maintenance flow: what `feedmill maintain` does, run by Prefect, and Prefect's own old records."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.commands.options import settings_with
from flows.flow_records import remove_old_flow_runs
from flows.parameters import MaintainParameters
from flows.pipeline.maintain import MaintainSummary
from flows.pipeline.maintain import maintain as run_maintenance
from flows.reporting import LoggedProgress, run_name, show
from flows.world import this_world


@flow(name="maintain", flow_run_name=run_name, persist_result=False)
def maintain(parameters: MaintainParameters = MaintainParameters()) -> dict[str, int]:  # noqa: B008 - frozen
    """Compact and check the warehouse, remove what crashed runs left, forget old flow runs. Fails if an audit finds something."""
    summary = compact_and_check(parameters)
    forgotten = forget_old_flow_runs(parameters.keep_flow_run_days)
    counts = {
        "skipped": int(summary.skipped is not None),
        "bytes_before": summary.bytes_before,
        "bytes_after": summary.bytes_after,
        "leftovers_removed": summary.leftovers_removed,
        "archive_files_removed": summary.archive_files_removed,
        "violations": len(summary.violations),
        "flow_runs_removed": forgotten,
    }
    title = f"Skipped: {summary.skipped}" if summary.skipped else "Maintained"
    show(
        "maintain",
        title,
        {"run": summary.run_id, "seconds": round(summary.seconds, 1)},
        {"maintenance": counts, "alarms": Counter(each.alarm for each in summary.alarms)},
    )
    if summary.violations:
        raise RuntimeError(f"{len(summary.violations)} audit violations, first: {summary.violations[0].audit}; `feedmill audit` shows them")
    return counts


@task(name="compact and check", cache_policy=NO_CACHE, persist_result=False)
def compact_and_check(parameters: MaintainParameters) -> MaintainSummary:
    """One round of maintenance."""
    keep = timedelta(days=parameters.keep_archive_days) if parameters.keep_archive_days else None
    tell = LoggedProgress("maintain").tell
    return run_maintenance(settings_with(), this_world(), check=parameters.audit, keep_archive=keep, tell=tell)


@task(name="forget old flow runs", cache_policy=NO_CACHE, persist_result=False)
def forget_old_flow_runs(keep_days: int) -> int:
    """How many were removed."""
    return remove_old_flow_runs(this_world().now() - timedelta(days=keep_days))
