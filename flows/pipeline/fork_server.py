"""The process that workers are forked from. Whoever knows early that there will be pages to read has it started early."""

from __future__ import annotations

import multiprocessing
from multiprocessing import forkserver
from typing import TYPE_CHECKING

from flows.pipeline.lean_workers import main_module_hidden

if TYPE_CHECKING:
    from multiprocessing.context import BaseContext
    from pathlib import Path

    from flows.settings import Settings

PRELOADED = ["flows.pipeline.worker", "flows.pipeline.preloaded"]


def worker_context() -> BaseContext:
    """How workers are started: forked from a process of their own, which has imported what they need."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOADED)
    return context


def start_ahead() -> None:
    """Start it now: it gets ready, which takes a second, while this process imports what it needs itself."""
    worker_context()
    with main_module_hidden():
        forkserver.ensure_running()


def will_be_needed(settings: Settings) -> bool:
    """Whether there will be pages to read, as far as the last run tells: it found some, or there was none.

    A run that finds nothing writes down its polls and publishes nothing after that; mostly it reads nothing, and needs no worker.
    """
    return _changed_at(settings.published) >= _changed_at(settings.live)


def _changed_at(path: Path) -> int:
    """In nanoseconds, 0 where there is nothing."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
