"""How many bytes may come over a connection in answer to what we sent, whatever they are."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import ReadableBuffer, WriteableBuffer


class WireFull(OSError):
    """The other side goes on and on, e.g. with interim answers, chunk extensions or empty lines, of which no body comes."""


# Taken at a time, of the 262,144 that asyncio asks for: many small messages in one piece would keep the loop from every other connection
# while they are parsed.
FAIR_BYTES = 65_536


class MeasuredSocket(socket.socket):
    """A socket that fails once more than `max_bytes` came since we last sent something. Every way that asyncio takes is measured."""

    max_bytes = 0
    _taken = 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """At most FAIR_BYTES. Raise WireFull after too many."""
        data = super().recv(min(size, FAIR_BYTES), flags)
        self._count(len(data))
        return data

    def recv_into(self, buffer: WriteableBuffer, size: int = 0, flags: int = 0, /) -> int:
        """At most FAIR_BYTES. Raise WireFull after too many."""
        taken = super().recv_into(buffer, min(size or memoryview(buffer).nbytes, FAIR_BYTES), flags)
        self._count(taken)
        return taken

    def send(self, data: ReadableBuffer, flags: int = 0, /) -> int:
        """Count from 0 again."""
        self._taken = 0
        return super().send(data, flags)

    def sendmsg(self, buffers: Iterable[ReadableBuffer], /, *others: object) -> int:
        """Count from 0 again."""
        self._taken = 0
        return super().sendmsg(buffers, *others)  # type: ignore[arg-type] # passed on as they are

    def _count(self, taken: int) -> None:
        self._taken += taken
        if self._taken > self.max_bytes:
            raise WireFull(f"more than {self.max_bytes} bytes on the wire")
