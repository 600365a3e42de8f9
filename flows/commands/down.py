"""`feedmill down`."""

from __future__ import annotations

import os
import signal
import time
from typing import Annotated

from cyclopts import Parameter

from flows import policy
from flows.commands.options import State, settings_with
from flows.prefect_home import prefect_folder, processes_of, running
from flows.supervise import end_processes

LONGEST_STOP_SECONDS = policy.DRAIN_SECONDS + 4 * policy.STOP_SECONDS


def down(*, state: State = None, now: Annotated[bool, Parameter(negative=(), help="Do not wait for the run in flight.")] = False) -> int:
    """Stop what `feedmill up` started, after the run in flight. Nothing to stop is no failure."""
    folder = prefect_folder(settings_with(state=state).state)
    record = running(folder)
    if record:
        os.kill(record.process_id, signal.SIGTERM)
        if now:
            time.sleep(1)
            os.kill(record.process_id, signal.SIGTERM)
        deadline = time.monotonic() + LONGEST_STOP_SECONDS
        while running(folder) and time.monotonic() < deadline:
            time.sleep(0.2)
    left = processes_of(folder)
    end_processes(left)
    print("stopped" if record or left else "nothing runs")
    return 0
