"""What a run takes from its surroundings, in one value: the clock, randomness, and who it is."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True, slots=True)
class World:
    """now: the present as an aware UTC datetime. random_bytes: that many random bytes. host: where process_id means this process."""

    now: Callable[[], datetime]
    random_bytes: Callable[[int], bytes]
    host: str
    process_id: int
    code_version: str

    def chance(self) -> float:
        """A number from 0 up to 1."""
        return int.from_bytes(self.random_bytes(4)) / 2**32

    def new_id(self) -> UUID:
        """A UUID of version 7 (RFC 9562, 5.7): sorted by time, so that rows written together lie together."""
        milliseconds = int(self.now().timestamp() * 1000)
        value = milliseconds << 80 | int.from_bytes(self.random_bytes(10))
        return UUID(int=value & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62)


def this_world() -> World:
    """The real one."""
    return World(lambda: datetime.now(UTC), os.urandom, place(socket.gethostname(), _process_numbers()), os.getpid(), version("feedmill"))


MACHINE = "pid:[4026531836]"
"""The numbering of processes that every Linux machine begins with (PROC_PID_INIT_INO of linux/proc_ns.h)."""


def place(host: str, process_numbers: str | None) -> str:
    """Where a process id means the same process: the host, and the container, since containers may share a host's name and count anew."""
    return host if process_numbers in {MACHINE, None} else f"{host} {process_numbers}"


def _process_numbers() -> str | None:
    """Which numbering of processes this one stands in; None where there is but one."""
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return None
