"""A worker pool without processes, for steps that cannot be pickled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from flows.pipeline.pool import WorkerPool

if TYPE_CHECKING:
    from collections.abc import Callable


class InProcessPool(WorkerPool):
    """Runs what it is given at once, in the thread of the event loop. It never starts a process."""

    def __init__(self, workers: int) -> None:
        del workers

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return

    async def run(self, function: Callable[..., object], *args: object, **kwargs: object) -> object:
        return function(*args, **kwargs)

    async def run_with(self, last: object, function: Callable[..., object], *args: object) -> object:
        return function(*args, last)
