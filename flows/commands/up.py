"""`feedmill up`."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from flows import policy
from flows.commands.deploy import deployments_file
from flows.commands.options import State, settings_with
from flows.feeds_file import read_feeds
from flows.prefect_home import LOOPBACK, PrefectHome, environment, hold, prefect_folder, processes_of
from flows.supervise import Machine, end_processes
from flows.unusable import Unusable

Port = Annotated[int, Parameter(help="Port of Prefect's pages and API, on loopback.", validator=Number(gte=1, lte=65_535))]
OptionalPort = Annotated[
    int | None,
    Parameter(help="Port where the worker says whether it is well. [default: the one above]", validator=Number(gte=1, lte=65_535)),
]


def up(
    *,
    state: State = None,
    feeds: Annotated[Path | None, Parameter(help="The list of feeds. [default: $FEEDMILL_FEEDS, else ./feeds.toml]")] = None,
    file: Annotated[Path | None, Parameter(help="What to deploy. [default: ./prefect.yaml, else the one that comes with feedmill]")] = None,
    port: Port = policy.SERVER_PORT,
    worker_port: OptionalPort = None,
) -> int:
    """Run on schedule until stopped: Prefect's server, the deployments of prefect.yaml, and a worker, on this machine and for it alone.

    Ctrl-C, SIGTERM or `feedmill down` stop it after the run in flight; a second one stops it at once. Nothing is lost either way.
    """
    settings = settings_with(state=state, feeds=feeds)
    read_feeds(settings.feeds)
    works_in, deployed = Path.cwd(), (file or deployments_file(Path.cwd())).resolve()
    home = PrefectHome(prefect_folder(settings.state), port, worker_port or port + 1)
    lock = hold(home.folder)
    if lock is None:
        raise Unusable(f"it runs already, in {home.folder}: `feedmill ps` says how it is, `feedmill down` stops it")
    with lock:
        end_processes(processes_of(home.folder))
        for each in (home.port, home.worker_port):
            _refuse_taken(each)
        given = dict(os.environ) | {"FEEDMILL_STATE": str(settings.state.resolve()), "FEEDMILL_FEEDS": str(settings.feeds.resolve())}
        machine = Machine(home, environment(home, given, works_in=works_in), works_in, _say)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, machine.stop_soon)
        try:
            machine.start(lambda: _deploy(deployed, settings.state.resolve(), machine))
            if not machine.stops:
                _say(f"up: {home.site} shows runs and schedules; Ctrl-C stops it")
            machine.watch()
        finally:
            machine.stop()
            (home.folder / "up.json").unlink(missing_ok=True)
        _say("stopped")
    return 0


def _deploy(file: Path, state: Path, machine: Machine) -> None:
    """In a process of its own: this one stays small, for it lives as long as the schedules do."""
    done = subprocess.run(  # noqa: S603 - ourselves
        [sys.executable, "-m", "flows.command_line", "deploy", "--file", str(file), "--state", str(state)],
        env=dict(machine.given), cwd=machine.works_in, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        start_new_session=True,
    )  # fmt: skip
    if done.returncode:
        raise Unusable(done.stderr.strip().removeprefix("feedmill: "))
    _say(done.stdout.strip())


def _refuse_taken(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as cause:
            raise Unusable(
                f"port {port} on {LOOPBACK} cannot be used ({cause.strerror}): choose another one with --port or --worker-port"
            ) from cause


def _say(line: str) -> None:
    print(line, flush=True)
