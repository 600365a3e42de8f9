"""Archive files whose writer ended without closing them: cut back to their last whole record.

A file that is being written is locked by its writer and has an empty file beside it, `NAME.open`. The lock goes with the process, however
it ends; the mark stays, so that only files in need of it are looked at.
"""

from __future__ import annotations

import fcntl
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import BufferedIOBase, FileIO

_MARK = ".open"
_PIECE_BYTES = 16_384  # deflate makes at most about 1,000 times as much of it
_GZIP = 16 + zlib.MAX_WBITS


def mark_open(file: FileIO) -> None:
    """Take a new file for its writer. Raises OSError."""
    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    _mark_of(Path(str(file.name))).touch()


def mark_closed(file: FileIO) -> None:
    """Close a file that is whole, and let it go. Raises OSError."""
    _mark_of(Path(str(file.name))).unlink(missing_ok=True)
    file.close()


def repair_interrupted(folder: Path) -> tuple[str, ...]:
    """Cut every file that nobody writes any more to its last whole record; the names of those that were cut, sorted.

    A file without a whole record is removed. Raises OSError.
    """
    cut = []
    for mark in sorted(folder.glob(f"*{_MARK}")):
        path = mark.with_name(mark.name.removesuffix(_MARK))
        try:
            with path.open("r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _cut(file):
                    cut.append(path.name)
                if path.stat().st_size == 0:
                    path.unlink()
        except BlockingIOError:
            continue  # its writer lives
        except FileNotFoundError:
            pass  # only its mark is left
        mark.unlink(missing_ok=True)
    return tuple(cut)


def _cut(file: BufferedIOBase) -> bool:
    """Whether something had to be cut off."""
    whole, size = _whole_bytes(file), file.seek(0, os.SEEK_END)
    if whole == size:
        return False
    file.truncate(whole)
    file.flush()
    os.fsync(file.fileno())
    return True


def _whole_bytes(file: BufferedIOBase) -> int:
    """How many bytes of it, from the beginning, are whole gzip members with good checksums."""
    whole = position = 0
    stream = zlib.decompressobj(_GZIP)
    while piece := file.read(_PIECE_BYTES):
        position += len(piece)
        while piece:
            try:
                stream.decompress(piece)
            except zlib.error:
                return whole
            if not stream.eof:
                break
            piece = stream.unused_data
            whole = position - len(piece)
            stream = zlib.decompressobj(_GZIP)
    return whole


def _mark_of(path: Path) -> Path:
    return path.with_name(path.name + _MARK)
