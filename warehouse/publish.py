"""Makes the copy that people read: checkpoint, copy, check, rename. Whatever ends it early, the former copy stays."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

from warehouse.connect import live, published
from warehouse.errors import PublishFailed, WarehouseUnusable
from warehouse.filecopy import copy_durably, sync_folder
from warehouse.manifest import Manifest, count_rows, write_manifest
from warehouse.migrate import schema_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from pathlib import Path


READ_ONLY = 0o444


def publish(
    live_path: Path,
    published_path: Path,
    *,
    now: datetime,
    code_version: str,
    wait_seconds: float,
    on_phase: Callable[[str], None] | None = None,
) -> Manifest:
    """Replace the published copy by the live file as it is now, in one rename, and write its manifest beside it.

    The live file stays locked all the while, so that two publishers cannot meet.
    on_phase: told "publish.copy", "publish.check", "publish.rename" and "publish.manifest" before each of them begins.
    Raises WarehouseLocked, WarehouseUnusable, and PublishFailed when the copy does not hold what was counted.
    """
    tell = on_phase or _nobody
    copy_path = published_path.with_name(published_path.name + ".new")
    if not live_path.exists():
        raise WarehouseUnusable(live_path, "there is nothing to publish yet: run an ingest first")
    # Closing any descriptor of a file drops this process' locks on it: this one outlives the connection.
    with _os_errors(published_path), live_path.open("rb") as source, live(live_path, wait_seconds=wait_seconds) as connection:
        published_path.parent.mkdir(parents=True, exist_ok=True)
        _remove_with_log(copy_path)
        connection.execute("checkpoint")
        version, rows = schema_version(connection), count_rows(connection)
        tell("publish.copy")
        try:
            copy_durably(source, copy_path)
            tell("publish.check")
            _check(copy_path, version, rows)
            manifest = Manifest(version, rows, _sha256(copy_path), copy_path.stat().st_size, now, code_version)
            tell("publish.rename")
            _put_in_place(copy_path, published_path)
        finally:
            _remove_with_log(copy_path)
        tell("publish.manifest")
        write_manifest(published_path, manifest)
    return manifest


def _check(copy_path: Path, version: int, rows: tuple[tuple[str, int], ...]) -> None:
    with published(copy_path) as copy:
        found = (schema_version(copy), count_rows(copy))
    if found != (version, rows):
        raise PublishFailed(f"{copy_path} does not hold what the live file held: expected schema {version} and {rows}, found {found}")


def _put_in_place(copy_path: Path, published_path: Path) -> None:
    """The write-ahead log of someone who opened the former copy for writing would be replayed into the new one: it goes first."""
    copy_path.chmod(READ_ONLY)
    _log_of(published_path).unlink(missing_ok=True)
    copy_path.replace(published_path)
    sync_folder(published_path.parent)


def _remove_with_log(path: Path) -> None:
    path.unlink(missing_ok=True)
    _log_of(path).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return path.with_name(path.name + ".wal")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _os_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as cause:
        raise WarehouseUnusable(
            path, f"the copy cannot be written ({cause.strerror}): free some space or mend the folder's permissions"
        ) from cause


def _nobody(phase: str) -> None:
    del phase
