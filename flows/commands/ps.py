"""`feedmill ps`."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from flows import prefect_server
from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, table
from flows.prefect_home import POOL, PrefectHome, Record, prefect_folder, running
from flows.prefect_server import Deployment, FlowRun, ServerSilent

TAG = "feedmill"


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One deployment: whether it runs by itself, what ran last, what is due. None: nothing yet, or nothing any more."""

    deployment: str
    schedules: str
    last_run: str | None
    last_state: str | None
    next_run_at: str | None


@dataclass(frozen=True, slots=True)
class Status:
    """Everything. problem: what is wrong, None if all is well."""

    up: Record | None
    site: str | None
    server: bool
    worker: bool
    pool_paused: bool | None
    in_flight: tuple[FlowRun, ...]
    scheduled: tuple[Scheduled, ...]
    problem: str | None


def ps(*, state: State = None, json: Json = False) -> int:
    """Say what `feedmill up` runs, what ran last and what is due; exit code 1 if anything is not well."""
    folder = prefect_folder(settings_with(state=state).state)
    record = running(folder)
    status = status_of(PrefectHome(folder, record.port, record.worker_port), record) if record else NOTHING
    if json:
        print(as_json(asdict(status)))
    else:
        _show(status)
    return 1 if status.problem else 0


NOTHING = Status(None, None, False, False, None, (), (), "nothing runs: `feedmill up` starts it")


def status_of(home: PrefectHome, record: Record) -> Status:
    """Ask server and worker."""
    server, worker = prefect_server.answers(f"{home.api}/health"), prefect_server.answers(home.worker_health)
    paused: bool | None = None
    problem: str | None = None
    in_flight: tuple[FlowRun, ...] = ()
    scheduled: tuple[Scheduled, ...] = ()
    try:
        paused = prefect_server.is_pool_paused(home.api, POOL)
        in_flight = prefect_server.runs_in_flight(home.api, POOL)
        scheduled = tuple(_scheduled(home.api, each) for each in prefect_server.deployments(home.api, TAG))
    except ServerSilent as silent:
        problem = str(silent)
    if not server:
        problem = f"the server does not answer: {home.folder / 'server.log'} says why"
    elif not worker:
        problem = f"the worker is not well, or not yet: {home.folder / 'worker.log'} says why"
    elif paused:
        problem = "the work pool is paused, nothing will run: resume it in Prefect's pages"
    return Status(record, home.site, server, worker, paused, in_flight, scheduled, problem)


def _scheduled(api: str, deployment: Deployment) -> Scheduled:
    last, following = prefect_server.latest_run(api, deployment.deployment_id), prefect_server.next_run(api, deployment.deployment_id)
    states = ", ".join(f"{slug} {'on' if active and not deployment.paused else 'paused'}" for slug, active in deployment.schedules.items())
    name, ended = (last.name, last.state) if last else (None, None)
    return Scheduled(deployment.name, states or "none", name, ended, following.due_at if following else None)


def _show(status: Status) -> None:
    out = console()
    if status.up:
        parts = [("server", status.up.server_id, status.server), ("worker", status.up.worker_id, status.worker)]
        out.print(table(None, ["process", "id", "well"], [(name, number, "yes" if well else "no") for name, number, well in parts]))
        rows = [(each.deployment, each.schedules, each.last_run, each.last_state, each.next_run_at) for each in status.scheduled]
        out.print(table(None, ["deployment", "schedules", "last run", "ended", "next run at"], rows))
        out.print(f"in flight: {', '.join(run.name for run in status.in_flight) or 'nothing'}; pages at {status.site}", markup=False)
    if status.problem:
        out.print(status.problem, markup=False)
