"""Makes the copy that people read: checkpoint, copy, check, rename. Whatever ends it early, the former copy stays."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import duckdb

from warehouse.catalogue import write_catalogue
from warehouse.connect import live, published
from warehouse.doublewrite import checkpointing
from warehouse.errors import PublishFailed, WarehouseUnusable
from warehouse.filecopy import copy_durably
from warehouse.full_text import full_text_file
from warehouse.kept import keep
from warehouse.left_files import left_files, sweep
from warehouse.manifest import Contents, Manifest, contents, read_manifest, write_manifest
from warehouse.month_folder import month_folder
from warehouse.months import write_months
from warehouse.replace import copy_errors, new_name_of, remove_with_log, replace, sha256_of
from warehouse.search_index import index_copy

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from typing import BinaryIO

OnPhase = Callable[[str], None]

Way = Literal["file", "parquet"]
"""All in one file, or the long tables as Parquet files by month beside it."""

LEFT_FILES_STAY = timedelta(days=1)


def publish(
    live_path: Path,
    published_path: Path,
    *,
    now: datetime,
    code_version: str,
    wait_seconds: float,
    keep_days: int = 0,
    search_index: bool = False,
    way: Way = "file",
    left_files_stay: timedelta = LEFT_FILES_STAY,
    on_phase: OnPhase | None = None,
) -> Manifest:
    """Replace the published copy by the live file as it is now, in one rename, and write its manifest beside it.

    The live file stays locked all the while, so that two publishers cannot meet.
    wait_seconds: for another process to let go of the live file. keep_days: for how many days the last copy of each day stays, see kept.
    left_files_stay: for how long files by month stay that no copy reads any more. search_index: whether the one file gets an index for
    ranked search. on_phase: told "publish.checkpoint", then "publish.copy" and "publish.index" where there is one, or "publish.months" and
    "publish.catalogue", then "publish.check", "publish.rename", "publish.manifest", "publish.keep" and "publish.sweep" before each of them
    begins.
    Raises WarehouseLocked, WarehouseUnusable, ExtensionUnusable, and PublishFailed when the copy does not hold what was counted.
    """
    tell, copy_path = on_phase or nobody, new_name_of(published_path)
    if not live_path.exists():
        raise WarehouseUnusable(live_path, "there is nothing to publish yet: run an ingest first")
    if search_index and way == "parquet":
        raise WarehouseUnusable(published_path, "a copy in files by month takes no index for ranked search: publish it as one file")
    if search_index:
        full_text_file()
    # Closing any descriptor of a file drops this process' locks on it: this one outlives the connection.
    with copy_errors(published_path), live_path.open("rb") as source, live(live_path, wait_seconds=wait_seconds, threads=2) as connection:
        published_path.parent.mkdir(parents=True, exist_ok=True)
        remove_with_log(copy_path)
        tell("publish.checkpoint")
        with checkpointing(connection):
            connection.execute("checkpoint")
        counted = contents(connection)
        try:
            if way == "parquet":
                files = _write_by_month(connection, published_path, copy_path, tell)
            else:
                files = _copy_whole(source, copy_path, tell)
            indexed = None
            if search_index:
                tell("publish.index")
                indexed = index_copy(copy_path)
            tell("publish.check")
            _check(copy_path, counted)
            left = left_files(published_path, {name for name, _ in files}, now)
            manifest = Manifest(
                *counted, sha256_of(copy_path), copy_path.stat().st_size, now, code_version, duckdb.__version__, files, left, indexed
            )
            tell("publish.rename")
            replace(copy_path, published_path)
        finally:
            remove_with_log(copy_path)
        tell("publish.manifest")
        write_manifest(published_path, manifest)
        tell("publish.keep")
        keep(published_path, manifest, days=keep_days)
        tell("publish.sweep")
        sweep(published_path, left, now=now, stay=left_files_stay)
    return manifest


def _copy_whole(source: BinaryIO, copy_path: Path, tell: OnPhase) -> tuple[tuple[str, int], ...]:
    tell("publish.copy")
    copy_durably(source, copy_path)
    return ()


def _write_by_month(
    connection: duckdb.DuckDBPyConnection, published_path: Path, copy_path: Path, tell: OnPhase
) -> tuple[tuple[str, int], ...]:
    """(name, bytes) of the files that the copy reads."""
    folder, former = month_folder(published_path), read_manifest(published_path)
    tell("publish.months")
    files = write_months(connection, folder, dict(former.files) if former else {})
    tell("publish.catalogue")
    write_catalogue(connection, copy_path, folder, files)
    return tuple((file.name, file.bytes) for file in files)


def _check(copy_path: Path, counted: Contents) -> None:
    with published(copy_path) as copy:
        found = contents(copy)
    if found != counted:
        raise PublishFailed(f"{copy_path} does not hold what the live file held: expected {counted}, found {found}")


def nobody(phase: str) -> None:
    """Told of a phase, it does nothing."""
    del phase
