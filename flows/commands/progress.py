"""What a run is doing, on standard error: bars on a terminal, a line every few seconds elsewhere."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from flows.pipeline.progress import Tell, nobody

SECONDS_BETWEEN_LINES = 5.0
STAGES = {"fetch": "pages fetched", "extract": "pages read", "load": "pages loaded"}


@contextmanager
def progress(label: str, *, quiet: bool = False) -> Iterator[Tell]:
    """Hand what it yields to a run as `tell`."""
    if quiet:
        yield nobody
    elif sys.stderr.isatty():
        with _bars(label) as tell:
            yield tell
    else:
        yield _Lines(label).tell


@contextmanager
def _bars(label: str) -> Iterator[Tell]:
    columns = (TextColumn("{task.description:<24}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks = {event: bars.add_task(f"{label}: {text}", total=0) for event, text in STAGES.items()}
        queued = Counter[str]()
        lock = Lock()

        def tell(event: str, count: int) -> None:
            if event == "queued":
                with lock:
                    queued["pages"] += count
                for task in tasks.values():
                    bars.update(task, total=queued["pages"])
            elif event in tasks:
                bars.advance(tasks[event], count)

        yield tell


class _Lines:
    """Counts, and says where it stands when the last line is some seconds old."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._counts: Counter[str] = Counter()
        self._lock = Lock()
        self._said_at = time.monotonic()

    def tell(self, event: str, count: int) -> None:
        with self._lock:
            self._counts[event] += count
            if time.monotonic() - self._said_at < SECONDS_BETWEEN_LINES:
                return
            self._said_at = time.monotonic()
            done = ", ".join(f"{self._counts[each]} of {self._counts['queued']} {text}" for each, text in STAGES.items())
        print(f"{self._label}: {done}", file=sys.stderr, flush=True)
