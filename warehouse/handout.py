"""Puts the published copy into another folder as well: another disk, a network drive."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warehouse.errors import PublishFailed, WarehouseLocked, WarehouseUnusable
from warehouse.filecopy import copy_durably
from warehouse.kept import keep
from warehouse.manifest import read_manifest, write_manifest
from warehouse.replace import copy_errors, new_name_of, remove_with_log, replace, sha256_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.publish import OnPhase

RETRY_SECONDS = 0.05


def hand_out(published_path: Path, folder: Path, *, wait_seconds: float, keep_days: int, on_phase: OnPhase) -> Path:
    """Put the newest published copy and its manifest into a folder that exists, in one rename each. Returns where the copy is now.

    Nobody waits for it but another hand_out of the same copy: readers and runs go on. A missing folder is not made, for it may be a drive
    that is not mounted. What is copied is read back and compared with the manifest before it is put in place.
    wait_seconds, keep_days: as for publish. on_phase: told "hand_out.copy", "hand_out.check", "hand_out.rename" and
    "hand_out.manifest" before each of them begins.
    Raises WarehouseUnusable, WarehouseLocked while another process hands out for longer, PublishFailed if other bytes arrived.
    """
    target = folder / published_path.name
    refuse_place(published_path, folder)
    with copy_errors(target), _one_at_a_time(published_path.parent, wait_seconds):
        manifest, new = read_manifest(published_path), new_name_of(target)
        if manifest is None:
            raise WarehouseUnusable(published_path, "its manifest is missing: publish again")
        if manifest.files:
            raise WarehouseUnusable(published_path, "it reads files by month, which lie here: publish into the other folder instead")
        remove_with_log(new)
        try:
            on_phase("hand_out.copy")
            with published_path.open("rb") as source:
                copy_durably(source, new)
            on_phase("hand_out.check")
            if sha256_of(new) != manifest.sha256:
                raise PublishFailed(
                    f"{new} is not what {published_path} was when its manifest was written: publish again, or check the disk"
                )
            on_phase("hand_out.rename")
            replace(new, target)
        finally:
            remove_with_log(new)
        on_phase("hand_out.manifest")
        write_manifest(target, manifest)
        keep(target, manifest, days=keep_days)
    return target


def refuse_place(published_path: Path, folder: Path) -> None:
    """Raises WarehouseUnusable where no copy can be put."""
    if not folder.exists():
        raise WarehouseUnusable(folder, "there is no such folder: make it, or mount the drive that it is on")
    if not folder.is_dir():
        raise WarehouseUnusable(folder, "it is no folder: name the folder that the copy is to lie in")
    if folder.samefile(published_path.parent):
        raise WarehouseUnusable(folder, "the copy lies there already: name another folder")


@contextmanager
def _one_at_a_time(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Holds the folder that is handed out from, so that an older copy cannot arrive after a newer one; a lock ends with its process."""
    descriptor, deadline = os.open(folder, os.O_RDONLY), time.monotonic() + wait_seconds
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as cause:
                if cause.errno != errno.EWOULDBLOCK:
                    raise
                if time.monotonic() >= deadline:
                    raise WarehouseLocked(folder, "another feedmill publish --to") from cause
            time.sleep(RETRY_SECONDS)
        yield
    finally:
        os.close(descriptor)
