"""The copy before the published one, `news.duckdb.former`: nobody reads it any more, and little of it differs from what comes next."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.replace import remove_with_log

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import timedelta
    from typing import BinaryIO

UPDATED_ON = frozenset({"ext2", "ext3", "ext4", "f2fs", "jfs", "tmpfs"})
"""File systems of this machine's own disks and memory, so that the kernel knows all readers. Where copies share their blocks with what they
were made of, on XFS and btrfs, there is nothing to be gained."""

WRITABLE = 0o644


def former_of(published_path: Path) -> Path:
    """Where the copy before the published one lies."""
    return published_path.with_name(f"{published_path.name}.former")


def can_be_updated(path: Path) -> bool:
    """Whether the path is on one of the file systems of UPDATED_ON, as far as it can be told.

    proc_pid_mountinfo(5): `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue`.
    """
    if sys.platform != "linux":
        return False
    device = path.stat().st_dev
    wanted = f"{os.major(device)}:{os.minor(device)}"
    mounts = (line.split(" ") for line in Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace").splitlines())
    return any(fields[2] == wanted and fields[fields.index("-") + 1] in UPDATED_ON for fields in mounts)


def hand_down(published_path: Path) -> None:
    """Give the published copy, if there is one, the name of the former one as well: its own is about to be taken by the next one.

    Nothing is kept where a file cannot have two names, or is not to be updated.
    """
    forget_former(published_path)
    with contextlib.suppress(OSError):
        if stat.S_ISREG(published_path.lstat().st_mode) and can_be_updated(published_path.parent):
            former_of(published_path).hardlink_to(published_path)


def forget_former(published_path: Path) -> None:
    """Remove the former copy, if there is one and it can be removed: one that stays does no harm."""
    with contextlib.suppress(OSError):
        remove_with_log(former_of(published_path))


@contextlib.contextmanager
def former_as(published_path: Path, name: Path, *, rested: timedelta) -> Iterator[BinaryIO | None]:
    """The former copy, open for writing under another name; None, and it is gone, if somebody may still read it.

    That is so if a process has it open, if it has another name, as the copy of a past day has, where not all readers can be known, and
    before it has rested: what a process sends by sendfile(2) is read from the file after the process has closed it.
    Who opens it meanwhile waits until the block ends; after 45 seconds the kernel lets them in (/proc/sys/fs/lease-break-time).
    """
    with contextlib.ExitStack() as stack:
        file = None
        with contextlib.suppress(OSError):
            opened = stack.enter_context(_opened_alone(former_of(published_path), rested))
            former_of(published_path).replace(name)
            file = opened
        if file is None:
            forget_former(published_path)
        yield file


@contextlib.contextmanager
def _opened_alone(path: Path, rested: timedelta) -> Iterator[BinaryIO]:
    """The file at the path itself, which nobody else has open, without a buffer. Raises OSError."""
    if not can_be_updated(path):
        raise OSError("its readers cannot be known")
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        _make_writable(descriptor, rested)
        again = os.open(f"/proc/self/fd/{descriptor}", os.O_RDWR | os.O_CLOEXEC)
    finally:
        os.close(descriptor)
    with os.fdopen(again, "r+b", buffering=0) as file:
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)  # to us, when somebody opens the file: it does nothing, SIGIO would end us
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_WRLCK)  # fcntl(2): refused if anybody else has it open
        try:
            yield file
        finally:
            fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)  # a child that was forked meanwhile would keep it


def _make_writable(descriptor: int, rested: timedelta) -> None:
    """Raises OSError for what is no file of one name, or had more names not so long ago, by the clock of the file system."""
    before = os.fstat(descriptor)
    if not stat.S_ISREG(before.st_mode) or before.st_nlink != 1:
        raise OSError("it is no file, or it has another name")
    os.fchmod(descriptor, WRITABLE)
    if os.fstat(descriptor).st_ctime - before.st_ctime < rested.total_seconds():
        raise OSError("it was read not so long ago")
