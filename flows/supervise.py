"""Keeps Prefect's server and a worker alive on this machine, and ends them without breaking a run off if it can be helped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from flows import policy, prefect_server
from flows.prefect_home import LOOPBACK, POOL, PrefectHome, Record, processes_of, run_processes_of, write_record
from flows.prefect_server import ServerSilent
from flows.process_logs import cut_log
from flows.unusable import Unusable

TICK_SECONDS = 0.5
PREFECT = ("prefect", "--no-prompt")
DRAINING = "draining"
"""A file of that name says that the pool was paused by us and not by a person."""


@dataclass(slots=True)
class Machine:
    """The processes of one `feedmill up`. given: their environment. works_in: the folder in which runs work. say: told what happens."""

    home: PrefectHome
    given: Mapping[str, str]
    works_in: Path
    say: Callable[[str], None]
    server: subprocess.Popen[bytes] | None = None
    worker: subprocess.Popen[bytes] | None = None
    starter: subprocess.Popen[bytes] | None = None
    stops: int = 0

    def stop_soon(self, *_: object) -> None:
        """Signal handler: the first time, stop after the run in flight; the second time, now."""
        self.stops += 1

    def start(self, deploy: Callable[[], None]) -> None:
        """Server, deployments, worker, each once the one before is well; returns early if it was told to stop. Raises Unusable."""
        for step in (self._start_server, deploy, self._settle_what_was_left, self._start_starter, self._start_worker):
            if not self.stops:
                step()

    def watch(self) -> None:
        """Until told to stop: what died is started again.

        A worker that outlives its server can cancel nothing any more, so it is renewed with it.
        """
        while not self.stops:
            time.sleep(TICK_SECONDS)
            for log in self.home.folder.glob("*.log"):
                cut_log(log, policy.LARGEST_LOG_BYTES)
            if self.server and self.server.poll() is not None:
                self.say(f"the server ended with {self.server.returncode}, starting it again")
                self._rest()
                self._start_server()
                self._end(self.worker)
                self._renew_worker()
            elif self.worker and self.worker.poll() is not None:
                self.say(f"the worker ended with {self.worker.returncode}, starting it again")
                self._rest()
                self._renew_worker()
            elif self.starter and self.starter.poll() is not None:
                self.say(f"the starter ended with {self.starter.returncode}, starting it again; runs begin without it meanwhile")
                self._rest()
                self._start_starter()

    def stop(self) -> None:
        """Let the run in flight end, then end everything. Never raises: what does not end is killed."""
        if self.worker and self.worker.poll() is None:
            paused = self._drain()
            self._stop_runs()
            self._end(self.worker)
            if paused:
                self._resume()
        self._end(self.starter)
        self._end(self.server)
        end_processes(processes_of(self.home.folder))

    def _start_server(self) -> None:
        if prefect_server.answers(f"{self.home.api}/health"):
            raise Unusable(f"something answers on {self.home.site} already: stop it, or choose another port with --port")
        self.server = self._spawn("server", *PREFECT, "server", "start", "--host", LOOPBACK, "--port", str(self.home.port))
        deadline = time.monotonic() + policy.SERVER_START_SECONDS
        while not self.stops and not prefect_server.answers(f"{self.home.api}/health"):
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise Unusable(
                    f"the server did not start, {self.home.folder / 'server.log'} says why:\n{_tail(self.home.folder / 'server.log')}"
                )
            time.sleep(TICK_SECONDS)

    def _start_worker(self) -> None:
        self.worker = self._spawn(
            "worker", *PREFECT, "worker", "start", "--pool", POOL, "--type", "process", "--name", "feedmill", "--with-healthcheck"
        )

    def _start_starter(self) -> None:
        self.starter = self._spawn("starter", "flows.warm_start")

    def _renew_worker(self) -> None:
        """A new worker; runs of the former one have nobody who would take care of them, and are ended first."""
        self._stop_runs()
        self._settle_what_was_left()
        self._start_worker()

    def _spawn(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        log = self.home.folder / f"{name}.log"
        with log.open("ab") as output:
            process = subprocess.Popen(  # noqa: S603 - Prefect, or a module of ours
                [sys.executable, "-m", *arguments], env=dict(self.given), cwd=self.works_in,
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        self.say(f"{name}: process {process.pid}, log in {log}")
        known = {"server": self.server, "worker": self.worker} | {name: process}
        server_id, worker_id = (each.pid if each else None for each in (known["server"], known["worker"]))
        write_record(self.home.folder, Record(os.getpid(), server_id, worker_id, self.home.port, self.home.worker_port))
        return process

    def _settle_what_was_left(self) -> None:
        """No worker runs now, so a run that the server takes for running has nobody: say so, and its deployment's place is free."""
        try:
            if (self.home.folder / DRAINING).exists():
                self._resume()
            for run in prefect_server.runs_in_flight(self.home.api, POOL):
                self.say(f"{run.name} was {run.state} when its worker went away: marked as crashed")
                prefect_server.mark_crashed(self.home.api, run, "the worker went away")
        except ServerSilent as silent:
            self.say(str(silent))

    def _drain(self) -> bool:
        """Let no run begin and wait for those at work, for policy.DRAIN_SECONDS at most; whether the pool was paused for it."""
        deadline, told = time.monotonic() + policy.DRAIN_SECONDS, self.stops
        try:
            paused = not prefect_server.is_pool_paused(self.home.api, POOL)
            if paused:
                (self.home.folder / DRAINING).touch()
                prefect_server.pause_pool(self.home.api, POOL, paused=True)
            running = prefect_server.runs_in_flight(self.home.api, POOL)
            if running:
                names = ", ".join(run.name for run in running)
                self.say(f"waiting for {names}, for {policy.DRAIN_SECONDS:.0f} seconds at most; interrupt again to stop it now")
            while prefect_server.runs_in_flight(self.home.api, POOL) and time.monotonic() < deadline and self.stops == told:
                time.sleep(TICK_SECONDS)
        except ServerSilent as silent:
            self.say(f"stopping without waiting for runs: {silent}")
            return (self.home.folder / DRAINING).exists()
        return paused

    def _resume(self) -> None:
        try:
            prefect_server.pause_pool(self.home.api, POOL, paused=False)
        except ServerSilent:
            return  # the next start does it
        (self.home.folder / DRAINING).unlink(missing_ok=True)

    def _stop_runs(self) -> None:
        """End runs that are still there; a run closes its own row when told to end."""
        end_processes(run_processes_of(self.home.folder))

    def _end(self, process: subprocess.Popen[bytes] | None) -> None:
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(policy.STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def _rest(self) -> None:
        until = time.monotonic() + policy.RESTART_AFTER_SECONDS
        while time.monotonic() < until and not self.stops:
            time.sleep(TICK_SECONDS)


def end_processes(process_ids: tuple[int, ...]) -> None:
    """Ask them to end; kill those that have not after policy.STOP_SECONDS."""
    deadline = time.monotonic() + policy.STOP_SECONDS
    for number in (signal.SIGTERM, signal.SIGKILL):
        for process_id in process_ids:
            _signal(process_id, number)
        while any(_lives(process_id) for process_id in process_ids) and (number is signal.SIGTERM and time.monotonic() < deadline):
            time.sleep(TICK_SECONDS / 5)


def _signal(process_id: int, number: signal.Signals) -> None:
    try:
        os.kill(process_id, number)
    except ProcessLookupError:
        return


def _lives(process_id: int) -> bool:
    try:
        return Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _tail(log: Path) -> str:
    return log.read_bytes()[-2_000:].decode(errors="replace") if log.exists() else ""
