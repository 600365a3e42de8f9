"""Worker processes for what is heavy: reading pages and feeds. A worker that dies takes down its pool, which is then replaced."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, ParamSpec, Self, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Given = ParamSpec("Given")
Result = TypeVar("Result")

PRELOADED = ["tasks.text.article", "tasks.feeds.parse"]


class WorkerDied(Exception):
    """The process that had the page ended before it answered; the page may be the cause, or be the victim of another one."""


class WorkerPool:
    """Runs module-level functions in `workers` processes. An async context manager."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn")
        if self._context.get_start_method() == "forkserver":
            self._context.set_forkserver_preload(PRELOADED)
        self._executor = self._new()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.to_thread(self._executor.shutdown, wait=True, cancel_futures=True)

    async def run(self, function: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
        """The function's result. Raises WorkerDied, and what the function raises."""
        del kwargs
        executor = self._executor
        try:
            return await asyncio.get_running_loop().run_in_executor(executor, function, *args)
        except BrokenProcessPool as cause:
            if executor is self._executor:
                self._executor = self._new()
                executor.shutdown(wait=False)
            raise WorkerDied from cause

    def _new(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self._workers, mp_context=self._context, initializer=_settle)


def _settle() -> None:
    """In the worker: Ctrl-C is the parent's business, and a parent that is killed takes its workers along."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: multiprocessing.process.BaseProcess) -> None:
    parent.join()
    os._exit(1)
