"""Prefect's own records of our flow runs."""

from __future__ import annotations

from datetime import datetime

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterTags,
    FlowRunFilter,
    FlowRunFilterEndTime,
)

from flows import policy

TAG = "feedmill"
PAGE = 200


def remove_old_flow_runs(before: datetime) -> int:
    """Remove the records of our runs that ended before then, about policy.FLOW_RUNS_REMOVED_PER_ROUND at most; returns how many."""
    removed = 0
    with get_client(sync_client=True) as client:
        while removed < policy.FLOW_RUNS_REMOVED_PER_ROUND:
            found = client.read_flow_runs(
                flow_run_filter=FlowRunFilter(end_time=FlowRunFilterEndTime.model_validate({"before_": before})),
                deployment_filter=DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG])),
                limit=PAGE,
            )
            if not found:
                break
            for flow_run in found:
                client._client.delete(f"/flow_runs/{flow_run.id}").raise_for_status()  # noqa: SLF001 - the synchronous client lacks the call
            removed += len(found)
    return removed
