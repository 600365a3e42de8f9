"""What a worker process does: it answers until its line is closed, within the memory that it was given."""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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
class Keep:
    """Something that later requests name by its number. in_place_of: the number of what may be forgotten, None for nothing."""

    number: int
    value: object
    in_place_of: int | None


@dataclass(frozen=True, slots=True)
class Request:
    """A call to make. last: the number of what was sent to be kept and is the last argument; None: args are all of them."""

    function: Callable[..., object]
    args: tuple[object, ...]
    last: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """value: what the function returned. failure: what it raised, or None. is_last: the process ends."""

    value: object
    failure: BaseException | None
    is_last: bool


def serve(line: Connection, memory_bytes: int) -> None:
    """In the worker: receive a Request, send an Answer, and so on until the line is closed. In between, take what is to be kept."""
    _settle()
    _limit_memory(memory_bytes)
    kept: dict[int | None, object] = {}
    while True:
        try:
            asked: Keep | Request = line.recv()
        except EOFError:
            return
        if isinstance(asked, Keep):
            kept.pop(asked.in_place_of, None)
            kept[asked.number] = asked.value
            continue
        last = () if asked.last is None else (kept[asked.last],)
        answer = _answer(asked.function, (*asked.args, *last), memory_bytes)
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


def _limit_memory(memory_bytes: int) -> None:
    """Of what the process itself writes to (RLIMIT_DATA): unlike RLIMIT_AS it does not count libraries, stacks and reservations."""
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    allowed = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (allowed, hard))


def _most_held() -> int:
    """The most bytes of memory that this process has held so far."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
