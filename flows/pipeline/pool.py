"""Worker processes for what is heavy: reading pages and feeds.

Each worker has a line of its own and one page at a time. So whatever becomes of a worker is the fate of that page alone, and nobody has to
find out afterwards which page it was. (The standard library's pool shares one line: a worker that dies breaks the pool, and every page in
it is a suspect.)
"""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar, TypeVarTuple, cast

from flows import policy
from flows.pipeline.fork_server import worker_context
from flows.pipeline.lean_workers import main_module_hidden
from flows.pipeline.worker import Answer, Keep, Request, WorkerLost, serve

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.context import BaseContext

Given = ParamSpec("Given")
Few = TypeVarTuple("Few")
Last = TypeVar("Last")
Result = TypeVar("Result")

MOST_KEPT = 256
"""Arguments that a worker keeps: what is known of that many publishers."""


class WorkerPool:
    """Runs functions of modules, not of the main one, in at most `workers` processes, started when needed. An async context manager.

    seconds: after which a worker that has not answered is killed. memory_bytes: what a worker may hold.
    """

    def __init__(self, workers: int, *, seconds: float = policy.KILL_AFTER_SECONDS, memory_bytes: int = policy.WORKER_MEMORY_BYTES) -> None:
        self._seconds, self._memory_bytes = seconds, memory_bytes
        self._context = worker_context()
        self._threads = ThreadPoolExecutor(workers, "waits-for-worker")
        self._lock = threading.Lock()
        self._idle: list[_Worker] = []
        self._started: set[_Worker] = set()
        self._is_closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._close)

    async def run(self, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """The function's result. Raises WorkerLost, and what the function raises."""
        del kwargs
        return cast("Result", await self._answered(function, args, None))

    async def run_with(self, last: Last, function: Callable[[*Few, Last], Result], *args: *Few) -> Result:
        """As `run`, with a last argument that a worker is sent once, however often the same object is given; not None."""
        return cast("Result", await self._answered(function, args, last))

    async def _answered(self, function: Callable[..., object], args: tuple[object, ...], last: object) -> object:
        answer = await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, function, args, last)
        if answer.failure is not None:
            raise answer.failure
        return answer.value

    def _ask(self, function: Callable[..., object], args: tuple[object, ...], last: object) -> Answer:
        """In a thread of ours: a worker's answer. A worker that is lost or worn out is replaced when the next one is needed."""
        worker = self._take()
        try:
            answer = worker.ask(function, args, last, self._seconds)
        except BaseException:
            self._drop(worker)
            raise
        if answer.is_last:
            self._drop(worker)
        else:
            self._idle.append(worker)
        return answer

    def _take(self) -> _Worker:
        with self._lock:
            if self._is_closed:
                raise WorkerLost("worker_died", "the pool was closed")
            if self._idle:
                return self._idle.pop()
            worker = _Worker(self._context, self._memory_bytes)
            self._started.add(worker)
            return worker

    def _drop(self, worker: _Worker) -> None:
        worker.kill()
        with self._lock:
            self._started.discard(worker)

    def _close(self) -> None:
        """End all workers, also those at work: whoever leaves early does not want their answers."""
        with self._lock:
            self._is_closed = True
            workers = list(self._started)
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)


class _Worker:
    """A process, and our end of the line to it. Raises WorkerLost if it cannot be started."""

    def __init__(self, context: BaseContext, memory_bytes: int) -> None:
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, memory_bytes), daemon=True)  # type: ignore[attr-defined]
        try:
            with main_module_hidden():
                self._process.start()
        except (EOFError, ConnectionError) as cause:
            raise WorkerLost("worker_died", "the process that workers are forked from ended") from cause
        theirs.close()  # so that the line breaks when the process ends
        self._kept: dict[int | None, object] = {}

    def ask(self, function: Callable[..., object], args: tuple[object, ...], last: object, seconds: float) -> Answer:
        """What it answers within so many seconds. Raises WorkerLost, after which it must be killed."""
        try:
            self._line.send(Request(function, args, None if last is None else self._keep(last)))
            if not self._line.poll(seconds):
                raise WorkerLost("too_slow", f"no answer after {seconds:g} s, the process was killed")
            return cast("Answer", self._line.recv())
        except (EOFError, OSError) as cause:
            raise WorkerLost("worker_died", "the process that read it ended") from cause

    def _keep(self, value: object) -> int:
        """The number by which the worker has it. It is held here as well, so that no other object gets its number."""
        number = id(value)
        if number not in self._kept:
            forgotten = next(iter(self._kept)) if len(self._kept) >= MOST_KEPT else None
            self._line.send(Keep(number, value, forgotten))
            self._kept.pop(forgotten, None)
        self._kept[number] = self._kept.pop(number, value)  # at the end: the last to be forgotten
        return number

    def kill(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.join()
