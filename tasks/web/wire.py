"""How many bytes may come over a connection in answer to what we sent, whatever they are."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed import ReadableBuffer, WriteableBuffer


class WireFull(OSError):
    """The other side goes on and on, e.g. with interim answers, chunk extensions or empty lines, of which no body comes."""


class MeasuredSocket(socket.socket):
    """A socket that fails once more than `max_bytes` came since we last sent something. Every way that asyncio takes is measured."""

    max_bytes = 0
    _taken = 0

    def recv(self, size: int, flags: int = 0, /) -> bytes:
        """Raise WireFull after too many."""
        data = super().recv(size, flags)
        self._count(len(data))
        return data

    def recv_into(self, buffer: WriteableBuffer, size: int = 0, flags: int = 0, /) -> int:
        """Raise WireFull after too many."""
        taken = super().recv_into(buffer, size, flags)
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
