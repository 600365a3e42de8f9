"""CPU seconds by kind of process, read from /proc (Linux)."""

from __future__ import annotations

import os
import time
from collections import Counter
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from flows.prefect_home import processes_of

if TYPE_CHECKING:
    from collections.abc import Mapping

TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.1
KINDS = {
    "server start": "server",
    "worker start": "worker",
    "flows.warm_start": "starter",
    "flows.command_line up": "feedmill up",
    "prefect.engine": "run",
    "flows.command_line ingest": "run",
    "multiprocessing": "pages",
}
"""Part of a command line -> kind. `pages` are the processes in which a run reads pages."""


class Meter:
    """CPU of all processes that carry the mark of a folder, those that have ended too, and of `also`, from start to stop."""

    def __init__(self, folder: Path, *also: int) -> None:
        self._folder, self._also, self._runs = folder, also, True
        self._seen: dict[int, float] = {}
        self._kinds: dict[int, str] = {}
        self._sample()
        self._before = dict(self._seen)
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> Mapping[str, float]:
        """Kind -> CPU seconds."""
        self._runs = False
        self._thread.join()
        self._sample()
        used: Counter[str] = Counter()
        for process_id, seconds in self._seen.items():
            used[self._kinds[process_id]] += seconds - self._before.get(process_id, 0.0)
        return used

    def _watch(self) -> None:
        while self._runs:
            self._sample()
            time.sleep(SAMPLE_SECONDS)

    def _sample(self) -> None:
        for process_id in (*processes_of(self._folder), *self._also):
            try:
                fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
                command = Path(f"/proc/{process_id}/cmdline").read_text(encoding="utf-8").replace("\0", " ")
            except OSError:
                continue
            self._seen[process_id] = (int(fields[11]) + int(fields[12])) / TICKS
            kind = next((kind for part, kind in KINDS.items() if part in command), "other")
            is_fork = kind == "starter" and self._kinds.get(int(fields[1])) == "starter"
            self._kinds[process_id] = "run" if is_fork else kind
