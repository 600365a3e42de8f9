"""What Prefect calls for each run: hands it to the process that has Prefect imported (flows/warm_start.py), and stands for it to its end.

Called by path with nothing but the standard library (`python -I -S start_run.py MODULE`), so that it costs next to nothing. A signal that
it gets goes to the run; the run ends when it is killed; it ends as the run does. If that process is not there, or the run's environment is
another one than that process started with, the run starts as if there were none.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
from pathlib import Path

SOCKET = "warm.sock"
TAKEN = b"\0"
ANSWER_SECONDS = 15.0
LENGTH_BYTES = 4
FORWARDED = (signal.SIGTERM, signal.SIGINT)


def main(module: str) -> int:
    """Exit code of the run."""
    connection = hand_over(module, Path(os.environ.get("PREFECT_HOME", "")))
    if connection is None:
        os.execv(sys.executable, [sys.executable, "-m", module])  # noqa: S606 - ourselves, as Prefect would
    return stand_for(connection)


def hand_over(module: str, folder: Path) -> socket.socket | None:
    """The connection to the run; None if it was not taken."""
    here = Path.cwd()
    request = json.dumps({"module": module, "directory": str(here), "environment": dict(os.environ)}).encode()
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(ANSWER_SECONDS)
    try:
        os.chdir(folder)  # the path of a socket may have 100 characters at most
        connection.connect(SOCKET)
        socket.send_fds(connection, [len(request).to_bytes(LENGTH_BYTES)], [0, 1, 2])
        connection.sendall(request)
        if connection.recv(1) == TAKEN:
            connection.settimeout(None)
            return connection
    except OSError:
        pass  # nobody is there, or is able to
    finally:
        os.chdir(here)
    connection.close()
    return None


def stand_for(connection: socket.socket) -> int:
    """Wait for the run's end. A run that was killed has no exit code: then this process ends by the same signal."""
    last = signal.SIGKILL

    def forward(number: int, _: object) -> None:
        nonlocal last
        last = signal.Signals(number)
        try:
            connection.sendall(bytes([number]))
        except OSError:
            return  # it has just ended

    for each in FORWARDED:
        signal.signal(each, forward)
    code = b""
    while received := connection.recv(1):  # the code, then, once the process is gone, the end
        code = received
    if code:
        return code[0]
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    os.kill(os.getpid(), last)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
