"""Prefect's own folder, in the state folder, and the settings under which its server, worker and runs live there."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TextIO

from flows import policy
from flows.home import HOME

LOOPBACK = "127.0.0.1"
POOL = "feedmill"
MARK = "MILL_UP"
"""Environment variable that every process of `feedmill up` carries: the folder it belongs to."""

TUNABLE = ("PREFECT_SERVER_SERVICES_", "PREFECT_WORKER_", "PREFECT_LOGGING_", "PREFECT_FLOWS_", "PREFECT_SERVER_CONCURRENCY_")
"""Prefect settings that may be given from outside. Others are dropped: a profile, a key or a database of somebody else is never used."""

CALM = {
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",  # no run of ours is ever paused
    "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS": "30",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "15",
    "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "15",
    "PREFECT_CLIENT_SERVER_VERSION_CHECK_ENABLED": "false",  # one installation
    "PREFECT_CLIENT_CSRF_SUPPORT_ENABLED": "false",  # the server asks for no token
}
"""What the server looks for every few seconds, and runs ask it, though nothing here depends on it. Slots of dead runs, scheduled runs and
silent ones are looked for as often as Prefect does."""


@dataclass(frozen=True, slots=True)
class PrefectHome:
    """folder: PREFECT_HOME. port: of the server; worker_port: where the worker says whether it is well."""

    folder: Path
    port: int
    worker_port: int

    @property
    def site(self) -> str:
        """Where the pages are."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def api(self) -> str:
        """Where the API is."""
        return f"{self.site}/api"

    @property
    def worker_health(self) -> str:
        """Where the worker answers 200 while it is well."""
        return f"http://{LOOPBACK}:{self.worker_port}/health"


def environment(home: PrefectHome, given: Mapping[str, str], *, works_in: Path) -> dict[str, str]:
    """The environment of server, worker and runs. given: that of the command. works_in: the folder in which runs work."""
    kept = {name: value for name, value in given.items() if not name.startswith("PREFECT_") or name.startswith("PREFECT__")}
    tuned = {name: value for name, value in given.items() if name.startswith(TUNABLE)}
    ours = {
        "PREFECT_HOME": str(home.folder),
        "PREFECT_API_URL": home.api,
        "PREFECT_UI_URL": home.site,
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        "PREFECT_SERVER_API_PORT": str(home.port),
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": home.site,  # by default every web page that a browser shows may command the server
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",  # else lost at restart
        "PREFECT_SERVER_CONCURRENCY_INITIAL_DEPLOYMENT_LEASE_DURATION": str(policy.SLOT_SECONDS),
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(policy.KEEP_FLOW_RUN_DAYS * 86_400),
        "PREFECT_WORKER_WEBSERVER_HOST": LOOPBACK,
        "PREFECT_WORKER_WEBSERVER_PORT": str(home.worker_port),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(policy.FLOW_HEARTBEAT_SECONDS),
        "PREFECT_LOGGING_EXTRA_LOGGERS": "flows,tasks,warehouse",
        "PREFECT_RUNNER_AUTO_INSTALL_DEPENDENCIES": "false",
        "PREFECT_CLI_PROMPT": "false",
        "DO_NOT_TRACK": "1",
        "NO_PROXY": ",".join(filter(None, (given.get("NO_PROXY") or given.get("no_proxy"), LOOPBACK))),
        HOME: str(works_in),
        MARK: str(home.folder),
    }
    return kept | ours | CALM | tuned


@dataclass(frozen=True, slots=True)
class Record:
    """What `feedmill up` writes down for `down` and `ps`: process ids, and where to ask. worker_id: None until there is one."""

    process_id: int
    server_id: int | None
    worker_id: int | None
    port: int
    worker_port: int


def prefect_folder(state: Path) -> Path:
    """PREFECT_HOME of an installation."""
    return (state / "prefect").resolve()


def write_record(folder: Path, record: Record) -> None:
    """Replace the record, in one rename. Raises OSError."""
    new = folder / "up.json.new"
    new.write_text(json.dumps(asdict(record)) + "\n", encoding="utf-8")
    new.replace(folder / "up.json")


def read_record(folder: Path) -> Record | None:
    """The record of the last `feedmill up`, whether it still runs or not; None if there is none, or it cannot be read."""
    try:
        return Record(**json.loads((folder / "up.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def hold(folder: Path) -> TextIO | None:
    """The lock that a running `feedmill up` holds as long as the file is open; None if another one holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    file = (folder / "up.lock").open("a", encoding="utf-8")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def running(folder: Path) -> Record | None:
    """The record of the `feedmill up` that runs now, None if none does."""
    if not (folder / "up.lock").exists():
        return None
    free = hold(folder)
    if free:
        free.close()
        return None
    return read_record(folder)


def processes_of(folder: Path) -> tuple[int, ...]:
    """Processes that carry the mark of this folder, except this one. Empty where the system does not tell (elsewhere than on Linux)."""
    return _processes_with(folder, b"")


def run_processes_of(folder: Path) -> tuple[int, ...]:
    """Those of them that belong to flow runs."""
    return _processes_with(folder, b"PREFECT__FLOW_RUN_ID=")


def _processes_with(folder: Path, variable: bytes) -> tuple[int, ...]:
    mark = f"{MARK}={folder}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            given = (entry / "environ").read_bytes().split(b"\0")
            is_zombie = (entry / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            continue  # it ended, or belongs to somebody else
        if mark in given and not is_zombie and any(each.startswith(variable) for each in given):
            found.append(int(entry.name))
    return tuple(process_id for process_id in found if process_id != os.getpid())
