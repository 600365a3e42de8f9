"""Copies a file so that it survives a power cut, sharing its blocks where the file system can."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

FICLONE = 0x40049409
"""ioctl_ficlone(2): the new file shares the blocks of the old one (btrfs, XFS, bcachefs); everywhere else it fails at once."""

COPY_BYTES = 4 << 20

COMPARED_BYTES = 256 << 10
"""The size of DuckDB's blocks: what changes in a file is about as large."""

_NO_SYNC = {errno.EINVAL, errno.ENOTSUP}
"""What some network drives say to fsync(2) of a folder."""


def copy_durably(source: BinaryIO, target: Path) -> None:
    """Write the whole of source to a new file and wait until it is on the disk. Raises OSError."""
    with target.open("xb") as file:
        if not _shares_blocks(source, file):
            source.seek(0)
            shutil.copyfileobj(source, file, COPY_BYTES)
            file.flush()
        os.fsync(file.fileno())


def update_durably(source: BinaryIO, target: BinaryIO) -> int:
    """Make target, open for writing, what source is, and wait until that is on the disk; only parts that differ are written.

    Returns how many bytes were written. What target was does not matter. Both have no buffer of their own. Raises OSError.
    """
    size = os.fstat(source.fileno()).st_size
    os.ftruncate(target.fileno(), size)
    written = 0
    for place in range(0, size, COMPARED_BYTES):
        part = os.pread(source.fileno(), COMPARED_BYTES, place)
        if part != os.pread(target.fileno(), COMPARED_BYTES, place):
            written += _write_at(target, part, place)
    os.fsync(target.fileno())
    return written


def sync_folder(folder: Path) -> None:
    """Wait until names made or replaced in the folder are on the disk, as far as its file system can tell."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as cause:
        if cause.errno not in _NO_SYNC:
            raise
    finally:
        os.close(descriptor)


def _shares_blocks(source: BinaryIO, target: BinaryIO) -> bool:
    if sys.platform != "linux":
        return False
    try:
        fcntl.ioctl(target.fileno(), FICLONE, source.fileno())
    except OSError:
        return False
    return True


def _write_at(file: BinaryIO, content: bytes, place: int) -> int:
    left = memoryview(content)
    while left:
        written = os.pwrite(file.fileno(), left, place)
        left, place = left[written:], place + written
    return len(content)
