"""Puts a database file in the place of another, in one rename; whoever has the other one open keeps it."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from warehouse.errors import WarehouseUnusable
from warehouse.filecopy import sync_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READ_ONLY = 0o444


def replace(new: Path, target: Path) -> None:
    """Give new the name of target, read-only. Raises OSError.

    The write-ahead log of someone who opened the former file for writing would be replayed into the new one: it goes first.
    """
    with contextlib.suppress(PermissionError):  # some network drives keep no modes
        new.chmod(READ_ONLY)
    log_of(target).unlink(missing_ok=True)
    new.replace(target)
    sync_folder(target.parent)


def remove_with_log(path: Path) -> None:
    """Remove a database file and what was not written into it yet; neither need be there. Raises OSError."""
    path.unlink(missing_ok=True)
    log_of(path).unlink(missing_ok=True)


def log_of(path: Path) -> Path:
    """Where DuckDB keeps the write-ahead log of a file."""
    return path.with_name(path.name + ".wal")


def new_name_of(path: Path) -> Path:
    """What a file is called until it is whole."""
    return path.with_name(path.name + ".new")


def sha256_of(path: Path) -> str:
    """Of all bytes of a file, in hexadecimal digits. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def copy_errors(path: Path) -> Iterator[None]:
    """What the system says while a copy is written leaves as WarehouseUnusable."""
    try:
        yield
    except OSError as cause:
        raise WarehouseUnusable(
            path, f"the copy cannot be written ({cause.strerror}): free some space or mend the folder's permissions"
        ) from cause
