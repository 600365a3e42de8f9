"""Readers of the published copy that never stop asking while it is replaced."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, Thread
from typing import TYPE_CHECKING, Self

from warehouse.errors import NotPublished, WarehouseError
from warehouse.query import query

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

PAUSE_SECONDS = 0.05


@dataclass(slots=True)
class Reader:
    """Opens the copy again and again. opened: how often that went well; failures: what was said when it did not, once it had existed."""

    path: Path
    opened: int = 0
    failures: list[str] = field(default_factory=list)
    _stop: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def __enter__(self) -> Self:
        self._thread = Thread(target=self._read, name="reader", daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._stop.set()
        if self._thread:
            self._thread.join()

    def _read(self) -> None:
        while not self._stop.wait(PAUSE_SECONDS):
            try:
                list(query(self.path, "select count(*), max(len(text)) from articles_current").rows)
            except NotPublished as failure:
                if self.opened:
                    self.failures.append(str(failure))
            except WarehouseError as failure:
                self.failures.append(str(failure))
            else:
                self.opened += 1
