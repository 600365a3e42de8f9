"""An installation as ops run it: `feedmill up` in a folder of its own, with the demo newsroom to poll."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from flows import prefect_server
from flows.demo.newsroom import Newsroom
from flows.demo.server import NewsroomServer
from flows.prefect_home import Record, processes_of, read_record, run_processes_of
from flows.prefect_server import FlowRun
from warehouse.connect import live

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

UP_SECONDS = 240


def deployments(*ingests: Mapping[str, Any]) -> dict[str, Any]:
    """A prefect.yaml with ingests that poll every feed in each run. ingests: name, schedules and the like."""
    fixed = {
        "entrypoint": "flows.ingest.ingest",
        "tags": ["feedmill"],
        "work_pool": {"name": "feedmill"},
        "parameters": {"parameters": {"force": True}},
        "concurrency_limit": {"limit": 1, "collision_strategy": "CANCEL_NEW"},
    }
    return {"pull": [{"flows.home.bring_home": {}}], "deployments": [fixed | given for given in ingests]}


def every(seconds: int, slug: str = "often") -> dict[str, Any]:
    """A schedule."""
    return {"slug": slug, "interval": seconds, "timezone": "UTC", "active": True}


@dataclass(slots=True)
class Mill:
    """folder: where it is started. newsroom: what it polls. pace_seconds: between two requests to a domain, makes a run long."""

    folder: Path
    newsroom: NewsroomServer
    pace_seconds: float = 0.0
    port: int = 0
    process: subprocess.Popen[str] | None = None
    tuned: dict[str, str] = field(default_factory=dict)

    @property
    def state(self) -> Path:
        return self.folder / "state"

    @property
    def home(self) -> Path:
        return (self.state / "prefect").resolve()

    @property
    def api(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("FEEDMILL_", "PREFECT_"))}
        site = {"FEEDMILL_CONNECT_TO": json.dumps(dict(self.newsroom.connect_to)), "FEEDMILL_ALLOW_LOOPBACK": "true"}
        return kept | self.tuned | site | {"FEEDMILL_PACE_SECONDS": str(self.pace_seconds), "HOME": str(self.folder)}

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "flows.command_line", *arguments]
        given = self.environment()
        return subprocess.run(command, cwd=self.folder, env=given, capture_output=True, text=True, check=False, timeout=UP_SECONDS)

    def deploy(self, document: Mapping[str, Any]) -> subprocess.CompletedProcess[str]:
        """Deploy other contents of prefect.yaml."""
        self.write(document)
        return self.run("deploy", "--json")

    def write(self, document: Mapping[str, Any]) -> None:
        (self.folder / "prefect.yaml").write_text(yaml.safe_dump(dict(document)), encoding="utf-8")

    def up(self) -> None:
        """Start, and wait until it says that it is up."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "feeds.toml").write_text(self.newsroom.newsroom.feeds_toml(), encoding="utf-8")
        self.port = self.port or free_ports()
        log = (self.folder / "up.log").open("w", encoding="utf-8")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.command_line", "up", "--port", str(self.port)], cwd=self.folder, env=self.environment(),
                stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, text=True,
            )  # fmt: skip
        wait_for(lambda: "up: http" in self.said() or self.process.poll() is not None, UP_SECONDS, "feedmill up")
        if self.process.poll() is not None:
            raise AssertionError(self.said())

    def said(self) -> str:
        return (self.folder / "up.log").read_text(encoding="utf-8")

    def interrupt(self, number: int = signal.SIGINT) -> float:
        """Ask it to stop; how many seconds that took."""
        asked = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(UP_SECONDS)
        return time.monotonic() - asked

    def kill_everything(self) -> None:
        """As if the power had failed: the supervisor first, so that it starts nothing again."""
        self.process.kill()
        self.process.wait()
        while left := processes_of(self.home):
            for process_id in left:
                kill(process_id)

    def record(self) -> Record:
        """Who is who, as `feedmill up` wrote it down."""
        return read_record(self.home)

    def runs_processes(self) -> tuple[int, ...]:
        """Processes of flow runs."""
        return run_processes_of(self.home)

    def starter(self) -> int:
        """What runs are forked from; they have its command line, but another parent."""
        alike = (number for number in self.left() if "flows.warm_start" in _said_of(number, "cmdline"))
        return next(number for number in alike if _parent_of(number) == self.process.pid)

    def left(self) -> tuple[int, ...]:
        return processes_of(self.home)

    def runs(self, *states: str) -> tuple[FlowRun, ...]:
        """Flow runs in those states, newest first; all that have begun if none is given."""
        wanted = {"any_": list(states)} if states else {"not_any_": ["SCHEDULED"]}
        return prefect_server.flow_runs(self.api, {"type": wanted}, {"sort": "EXPECTED_START_TIME_DESC", "limit": 200})

    def count(self, state: str) -> int:
        """Flow runs in a state."""
        return self.ask("POST", "/flow_runs/count", {"flow_runs": {"state": {"type": {"any_": [state]}}}})

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        return prefect_server.request(method, f"{self.api}{path}", body)

    def rows(self, sql: str) -> Sequence[tuple[Any, ...]]:
        """Rows of the live warehouse; none while there is none."""
        path = self.state / "live.duckdb"
        if not path.exists():
            return []
        with live(path, wait_seconds=20) as connection:
            return connection.execute(sql).fetchall()

    def statuses(self) -> list[str]:
        """How the warehouse's ingests ended, first to last."""
        return [status for (status,) in self.rows("select status from runs where flow = 'ingest' order by started_at, run_id")]


def newsroom() -> NewsroomServer:
    return NewsroomServer(Newsroom(1))


def wait_for(holds: Callable[[], Any], seconds: float, what: str) -> float:
    """How many seconds it took until it held."""
    begun = time.monotonic()
    while not holds():
        if time.monotonic() - begun > seconds:
            raise AssertionError(f"{what}: not within {seconds:.0f} seconds")
        time.sleep(0.2)
    return time.monotonic() - begun


def kill(process_id: int) -> None:
    try:
        os.kill(process_id, signal.SIGKILL)
    except ProcessLookupError:
        return


def free_ports() -> int:
    """A port that is free, as the one above it is. Below those that systems give to outgoing connections: `up` may come back to it."""
    port = 20_000 + os.getpid() * 2 % 12_000
    while not (_is_free(port) and _is_free(port + 1)):
        port += 2
    return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _parent_of(process_id: int) -> int | None:
    """Its parent's number; None when it is gone."""
    fields = _said_of(process_id, "stat").rpartition(")")[2].split()
    return int(fields[1]) if fields else None


def _said_of(process_id: int, name: str) -> str:
    """What the machine says of a process under that name; nothing when it is gone."""
    try:
        return Path(f"/proc/{process_id}/{name}").read_text(encoding="utf-8", errors="replace")
    except (FileNotFoundError, ProcessLookupError):  # gone before it was opened, or while it was read
        return ""
