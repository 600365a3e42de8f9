"""Questions to our own Prefect server on loopback, and the few orders that starting and stopping need. Without importing Prefect."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

ANSWER_SECONDS = 10.0
BUSY_PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds until it is asked again
LARGEST_ANSWER_BYTES = 16_000_000
IN_FLIGHT = ("RUNNING", "PENDING", "CANCELLING")
_DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class ServerSilent(Exception):
    """The server does not answer, or not as expected."""


class ServerBusy(ServerSilent):
    """It has done nothing, since its database was busy, and may be asked again."""


@dataclass(frozen=True, slots=True)
class FlowRun:
    """A flow run as the server knows it. state: its name, e.g. Running or Late. due_at: ISO 8601."""

    flow_run_id: str
    name: str
    deployment_id: str | None
    state: str
    due_at: str | None


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment as the server knows it. schedules: slug -> whether it is active."""

    deployment_id: str
    name: str
    paused: bool
    schedules: Mapping[str, bool]


def answers(url: str) -> bool:
    """Whether it answers with a good status."""
    try:
        request("GET", url, None)
    except ServerSilent:
        return False
    return True


def runs_in_flight(api: str, pool: str) -> tuple[FlowRun, ...]:
    """Runs of a pool that a worker has taken and that have not ended. Raises ServerSilent."""
    return flow_runs(api, {"type": {"any_": list(IN_FLIGHT)}}, {"work_pools": {"name": {"any_": [pool]}}, "sort": "START_TIME_DESC"})


def latest_run(api: str, deployment_id: str) -> FlowRun | None:
    """The run of a deployment that started last."""
    found = flow_runs(
        api,
        {"type": {"not_any_": ["SCHEDULED"]}},
        {"deployments": {"id": {"any_": [deployment_id]}}, "sort": "START_TIME_DESC", "limit": 1},
    )
    return found[0] if found else None


def next_run(api: str, deployment_id: str) -> FlowRun | None:
    """The run of a deployment that is due next."""
    found = flow_runs(
        api,
        {"type": {"any_": ["SCHEDULED"]}},
        {"deployments": {"id": {"any_": [deployment_id]}}, "sort": "EXPECTED_START_TIME_ASC", "limit": 1},
    )
    return found[0] if found else None


def deployments(api: str, tag: str) -> tuple[Deployment, ...]:
    """Deployments with a tag, in order of name."""
    found = request("POST", f"{api}/deployments/filter", {"deployments": {"tags": {"all_": [tag]}}, "sort": "NAME_ASC"})
    return tuple(
        Deployment(each["id"], each["name"], each["paused"], {schedule["slug"] or "": schedule["active"] for schedule in each["schedules"]})
        for each in found
    )


def mark_crashed(api: str, run: FlowRun, message: str) -> None:
    """The run's process is known to be gone."""
    request("POST", f"{api}/flow_runs/{run.flow_run_id}/set_state", {"state": {"type": "CRASHED", "name": "Crashed", "message": message}})


def is_pool_paused(api: str, pool: str) -> bool:
    """Whether workers of the pool take no runs now."""
    return bool(request("GET", f"{api}/work_pools/{pool}", None)["is_paused"])


def pause_pool(api: str, pool: str, *, paused: bool) -> None:
    """Let workers of the pool take no more runs, or take them again."""
    request("PATCH", f"{api}/work_pools/{pool}", {"is_paused": paused})


def flow_runs(api: str, state: Mapping[str, Any], others: Mapping[str, Any]) -> tuple[FlowRun, ...]:
    """Runs in a state, as the server's filters have it. others: more filters, sort and limit."""
    found: Sequence[Mapping[str, Any]] = request("POST", f"{api}/flow_runs/filter", {"flow_runs": {"state": state}, **others})
    return tuple(
        FlowRun(
            each["id"],
            each["name"],
            each["deployment_id"],
            each["state_name"] or "",
            each["next_scheduled_start_time"] or each["expected_start_time"],
        )
        for each in found
    )


def request(method: str, url: str, body: Mapping[str, Any] | None) -> Any:  # noqa: ANN401 - whatever JSON it answers
    """What the server answers to a body sent as JSON, None if nothing. Raises ServerSilent, also for an answer that is no success.

    A server whose database is busy says 503 before it has done anything, and is asked again.
    """
    data = None if body is None else json.dumps(body).encode()
    message = urllib.request.Request(url, data=data, method=method, headers={"Content-Type": "application/json"})  # noqa: S310 - ours, on loopback
    for pause in BUSY_PAUSES:
        try:
            return _ask(message)
        except ServerBusy:
            time.sleep(pause)
    return _ask(message)


def _ask(message: urllib.request.Request) -> Any:  # noqa: ANN401
    named = f"{message.get_method()} {message.full_url}"
    try:
        with _DIRECT.open(message, timeout=ANSWER_SECONDS) as response:
            text = response.read(LARGEST_ANSWER_BYTES)
        return json.loads(text) if text else None
    except urllib.error.HTTPError as refused:
        refused.close()
        is_busy = refused.code == HTTPStatus.SERVICE_UNAVAILABLE
        raise (ServerBusy if is_busy else ServerSilent)(f"{named}: {refused}") from refused
    except (OSError, ValueError) as cause:  # a URLError is an OSError
        raise ServerSilent(f"{named}: {cause}") from cause
