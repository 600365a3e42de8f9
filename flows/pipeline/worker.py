"""What a worker process does: it answers until its line is closed, within the memory that it was given."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

WORN_SHARE = 0.5  # of its memory: a worker that has held so much ends after its answer, so that each page finds at least half of it free
# Of its memory: the C libraries below us take a failed allocation for the end of the page and go on with half of it, without a word. So an
# answer counts only if the worker never came near its limit.
SPENT_SHARE = 0.75


class WorkerLost(Exception):
    """There is no answer: the process ended by itself, or was killed at a limit. reason: worker_died, too_slow or too_much_memory."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Answer:
    """value: what the function returned. failure: what it raised, or None. is_last: the process ends."""

    value: object
    failure: BaseException | None
    is_last: bool


def serve(line: Connection, memory_bytes: int) -> None:
    """In the worker: receive (function, arguments), send an Answer, and so on until the line is closed."""
    _settle()
    _limit_memory(memory_bytes)
    while True:
        try:
            function, args = line.recv()
        except EOFError:
            return
        answer = _answer(function, args, memory_bytes)
        line.send(answer)
        if answer.is_last:
            return


def _answer(function: Callable[..., object], args: tuple[object, ...], memory_bytes: int) -> Answer:
    value: object = None
    failure: BaseException | None = None
    try:
        value = function(*args)
    except MemoryError:
        return _refused(memory_bytes)
    except BaseException as raised:  # noqa: BLE001 - it is raised again in the process that asked
        failure = raised
    if _most_held() > SPENT_SHARE * memory_bytes:
        return _refused(memory_bytes)
    return Answer(value, failure, is_last=_most_held() > WORN_SHARE * memory_bytes)


def _refused(memory_bytes: int) -> Answer:
    return Answer(None, WorkerLost("too_much_memory", f"reading it takes most of {memory_bytes / 1e6:,.0f} MB"), is_last=True)


def _settle() -> None:
    """Ctrl-C is the parent's business, and a parent that is killed takes its workers along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)


if sys.platform == "win32":

    def _limit_memory(memory_bytes: int) -> None:
        """Windows has no such limit."""

    def _most_held() -> int:
        return 0

else:
    import resource

    def _limit_memory(memory_bytes: int) -> None:
        """Of what the process itself writes to (RLIMIT_DATA): unlike RLIMIT_AS it does not count libraries, stacks and reservations."""
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        allowed = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))

    def _most_held() -> int:
        """The most bytes of memory that this process has held so far."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
