"""Copies of the blocks that a checkpoint writes where they stand, kept beside the file until it is done.

A checkpoint puts rows into free blocks, which nobody reads before the file's header names them. The blocks that describe tables, 256 kB
each, it writes in their place. A kill or a power cut in the middle of that leaves half of one, and a file that nobody can open any more. So
they are copied first, and put back before the next opening if the header is still the one from before: what was committed since then stands
in the log.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import struct
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.filecopy import sync_folder
from warehouse.replace import log_of, new_name_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

HEADER_BYTES = 3 * 4096
"""The file's own header, and the two that checkpoints write in turn. The first block stands behind them."""

_BEFORE_BLOCK = struct.Struct("<QQ")
"""Before each copied block: where it stands in the file, and how many bytes it has."""


def copies_of(path: Path) -> Path:
    """Where the copies of a file's blocks are while it is being checkpointed."""
    return path.with_name(f"{path.name}.doublewrite")


@contextmanager
def checkpointing(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """A block in which the connection's file is checkpointed once. Where it ends early, the copies stay.

    Raises OSError, before anything is written, if the copies cannot be.
    """
    path = _copy(connection)
    yield
    if path:
        with contextlib.suppress(OSError):  # old copies do no harm: the header is another one
            copies_of(path).unlink()


@contextmanager
def closing(connection: duckdb.DuckDBPyConnection, path: Path) -> Iterator[None]:
    """A block in which the connection's file is closed, which checkpoints it if there is a log.

    Where no copies can be made it is closed as it is: what was committed stays in the log.
    """
    with contextlib.ExitStack() as stack:
        if log_of(path).exists():
            try:
                stack.enter_context(checkpointing(connection))
            except OSError:
                connection.execute("pragma disable_checkpoint_on_shutdown")
            except duckdb.Error:
                pass  # it is closed, or given up, and so is not checkpointed
        yield


def put_back(path: Path) -> None:
    """Mend a file whose last checkpoint was cut short, if it was; for who is about to open it for writing. Raises OSError.

    Nothing happens while somebody has the file open for writing: who opened it has mended it.
    """
    copies = copies_of(path)
    if not copies.exists() or _descriptor(path, writing=True) is not None:
        return
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # the lock that DuckDB takes
        except (BlockingIOError, PermissionError):
            return
        with contextlib.suppress(FileNotFoundError), copies.open("rb") as copied:  # another process was faster
            if copied.read(HEADER_BYTES) == file.read(HEADER_BYTES):
                _put_back(copied, file)
            copies.unlink()


def _put_back(copied: BinaryIO, file: BinaryIO) -> None:
    for place, start, size in _places(copied, os.fstat(file.fileno()).st_size):
        copied.seek(start)
        file.seek(place)
        file.write(copied.read(size))
    file.flush()
    os.fsync(file.fileno())


def _places(copied: BinaryIO, file_bytes: int) -> list[tuple[int, int, int]]:
    """(where it stands in the file, where its copy begins, bytes) of each copied block; none if the copies are not whole."""
    found, at, end = [], HEADER_BYTES, os.fstat(copied.fileno()).st_size
    while at + _BEFORE_BLOCK.size <= end:
        copied.seek(at)
        place, size = _BEFORE_BLOCK.unpack(copied.read(_BEFORE_BLOCK.size))
        found.append((place, at + _BEFORE_BLOCK.size, size))
        at += _BEFORE_BLOCK.size + size
    return found if at == end and all(place + size <= file_bytes for place, _, size in found) else []


def _copy(connection: duckdb.DuckDBPyConnection) -> Path | None:
    """Copy what a checkpoint may write in its place; of which file that is, None for one in memory. Raises OSError."""
    blocks = connection.execute(statement("queries/doublewrite/in_place.sql")).fetchall()
    if not blocks:
        return None
    path = Path(blocks[0][0])
    descriptor = _descriptor(path)
    if descriptor is None:
        raise FileNotFoundError(f"{path}: it is open, but none of this process' descriptors is it")
    new = new_name_of(copies_of(path))
    try:
        with new.open("wb") as file:
            file.write(os.pread(descriptor, HEADER_BYTES, 0))
            for _, size, number in blocks:
                place = HEADER_BYTES + number * size
                block = os.pread(descriptor, size, place)
                file.write(_BEFORE_BLOCK.pack(place, len(block)))
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        with contextlib.suppress(OSError):  # a full disk needs the room
            new.unlink()
        raise
    new.replace(copies_of(path))
    sync_folder(path.parent)
    return path


def _descriptor(path: Path, *, writing: bool = False) -> int | None:
    """A descriptor by which this process has the file open, or None. To open it once more and close that would drop DuckDB's lock on it.

    writing: only one through which it writes too.
    """
    wanted = path.stat()
    for each in Path("/dev/fd").iterdir():
        with contextlib.suppress(OSError):
            number = int(each.name)
            if os.path.samestat(os.fstat(number), wanted) and (not writing or _writes(number)):
                return number
    return None


def _writes(descriptor: int) -> bool:
    return fcntl.fcntl(descriptor, fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDWR
