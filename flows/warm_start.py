"""A process that has Prefect imported and forks runs off itself: importing takes longer than all else that Prefect does for a run.

It has one thread and opens nothing, so that a fork is a clean start; what starts threads when imported (DuckDB, Arrow, NumPy) is left to
the runs. Those who may connect are those who may write to Prefect's folder: its owner. See flows/start_run.py for the other end.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import socket
import sys
import threading
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from prefect.settings import get_current_settings

from flows.start_run import LENGTH_BYTES, SOCKET, TAKEN

PRELOADED = (
    "prefect.flow_engine", "prefect.task_engine", "prefect.utilities.visualization", "prefect.deployments.steps", "prefect.runner.storage",
    "prefect.events.clients", "pydantic.v1", "anyio._core._sockets", "cyclopts", "flows.reporting", "flows.parameters", "flows.home",
    "flows.feeds_file", "tasks.web.client", "feedparser", "htmldate", "tasks.canonical", "tasks.text.decide", "tasks.text.learning.learn",
)  # fmt: skip
"""What a run imports, as far as it starts no thread. Some of Prefect's are imported only as they are called."""
OWN = ("PREFECT__", "FEEDMILL_")
"""Variables that may differ from run to run. Any other may have been read while importing."""
REQUEST_SECONDS = 5.0
LARGEST_REQUEST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Request:
    """A run to start: the module to run, in which folder, with which environment, and its standard streams."""

    module: str
    directory: Path
    environment: Mapping[str, str]
    streams: tuple[int, ...]


def serve(folder: Path) -> int:
    """Fork runs until ended. Returns in each run, with its exit code."""
    listener = _listen(folder)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the runs here, those who started them do
    settings = get_current_settings().to_environment_variables(exclude_unset=True)  # as a worker hands them on: false is False there
    started_with = _fixed({**os.environ, **settings})
    gc.freeze()
    while True:
        connection, _ = listener.accept()
        with connection:
            request = _receive(connection)
            if request is None:
                continue
            differing = sorted({name for name, _ in _fixed(request.environment).items() ^ started_with.items()})
            if differing:
                sys.stderr.write(f"a run starts on its own, for it differs in {', '.join(differing)}\n")
            elif os.fork() == 0:
                listener.close()
                return _run(request, connection)
            for stream in request.streams:
                os.close(stream)


def _listen(folder: Path) -> socket.socket:
    os.chdir(folder)  # the path of a socket may have 100 characters at most
    Path(SOCKET).unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    mask = os.umask(0o077)
    try:
        listener.bind(SOCKET)
    finally:
        os.umask(mask)
    listener.listen()
    return listener


def _receive(connection: socket.socket) -> Request | None:
    """None if it is none, or does not come in time: whoever sent it sees to it that the run starts."""
    connection.settimeout(REQUEST_SECONDS)
    streams: list[int] = []
    try:
        header, streams, _, _ = socket.recv_fds(connection, LENGTH_BYTES, 3)
        length = int.from_bytes(header)
        text = b""
        while len(text) < min(length, LARGEST_REQUEST_BYTES) and (part := connection.recv(length - len(text))):
            text += part
        given = json.loads(text)
        return Request(given["module"], Path(given["directory"]), given["environment"], tuple(streams))
    except (OSError, ValueError):
        for stream in streams:
            os.close(stream)
        return None


def _fixed(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if not name.startswith(OWN)}


def _run(request: Request, connection: socket.socket) -> int:
    """In the fork: be the run. Its last word is its exit code; the connection ends with the process."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    connection.settimeout(None)
    for number, stream in enumerate(request.streams):
        os.dup2(stream, number)
        os.close(stream)
    os.chdir(request.directory)
    os.environ.clear()
    os.environ.update(request.environment)
    connection.sendall(TAKEN)
    kept = connection.dup()
    threading.Thread(target=_obey, args=(kept,), daemon=True).start()
    code = _exit_code_of(request.module)
    kept.sendall(bytes([code & 0xFF]))
    return code


def _obey(connection: socket.socket) -> None:
    """Signals that the one who stands for this run got are ours; without it there is nobody who could stop us."""
    while received := connection.recv(1):
        os.kill(os.getpid(), received[0])
    os.kill(os.getpid(), signal.SIGKILL)


def _exit_code_of(module: str) -> int:
    """What `python -m module` would end with."""
    sys.argv = [module]
    sys.modules.pop(module, None)  # it is run as the main module, not imported
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as ending:
        return ending.code if isinstance(ending.code, int) else int(ending.code is not None)
    except BaseException:  # noqa: BLE001 - as the interpreter does with what nobody catches
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    for name in PRELOADED:
        importlib.import_module(name)
    sys.exit(serve(Path(os.environ["PREFECT_HOME"])))
