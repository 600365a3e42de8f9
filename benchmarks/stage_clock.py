"""CPU by stage of a run, taken where the real code calls its steps: each call's own thread time, without the stages inside it."""

from __future__ import annotations

import functools
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager


@dataclass(slots=True)
class StageClock:
    """seconds: stage -> CPU so far. on_main_thread: of all of that, what the main thread used."""

    seconds: Counter[str] = field(default_factory=Counter)
    on_main_thread: float = 0.0
    _inside: threading.local = field(default_factory=threading.local)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What this thread uses in here counts for that stage, but for what stages inside take."""
        outer, self._inside.taken = getattr(self._inside, "taken", 0.0), 0.0
        began = time.thread_time()
        try:
            yield
        finally:
            used = time.thread_time() - began
            with self._lock:
                self.seconds[name] += used - self._inside.taken
                if threading.current_thread() is threading.main_thread():
                    self.on_main_thread += used - self._inside.taken
            self._inside.taken = outer + used

    def timed(self, name: str, function: Callable[..., object]) -> Callable[..., object]:
        """The function, with its time counted."""

        @functools.wraps(function)
        def counted(*args: object, **named: object) -> object:
            with self.stage(name):
                return function(*args, **named)

        return counted

    def opened(self, name: str, open_it: Callable[..., AbstractContextManager[object]]) -> Callable[..., AbstractContextManager[object]]:
        """A context manager whose entering and leaving are counted, and what happens in between is not."""

        @contextmanager
        def counted(*args: object, **named: object) -> Iterator[object]:
            held = open_it(*args, **named)
            with self.stage(name):
                value = held.__enter__()
            try:
                yield value
            except BaseException as failure:
                if not held.__exit__(type(failure), failure, failure.__traceback__):
                    raise
            else:
                with self.stage(name):
                    held.__exit__(None, None, None)

        return counted


@contextmanager
def counting(places: Sequence[tuple[str, str]], wrap: Callable[[str, Callable[..., object]], Callable[..., object]]) -> Iterator[None]:
    """While it lasts, what stands at each of the places is wrapped. places: (stage, "module:name" or "module:Class.name")."""
    changed = []
    try:
        for stage, place in places:
            module, _, path = place.partition(":")
            *classes, name = path.split(".")
            holder = functools.reduce(getattr, classes, import_module(module))
            changed.append((holder, name, getattr(holder, name)))
            setattr(holder, name, wrap(stage, getattr(holder, name)))
        yield
    finally:
        for holder, name, function in reversed(changed):
            setattr(holder, name, function)
