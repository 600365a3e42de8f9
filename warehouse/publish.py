"""Makes the copy that people read: checkpoint, copy, check, rename. Whatever ends it early, the copy in place stays."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

import duckdb

from warehouse.catalogue import write_catalogue
from warehouse.connect import live, published
from warehouse.doublewrite import checkpointing
from warehouse.errors import PublishFailed, WarehouseUnusable
from warehouse.filecopy import copy_durably, update_durably
from warehouse.former import forget_former, former_as, hand_down
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

Files = tuple[tuple[str, int], ...]
"""(name, bytes)."""

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
    former_rests: timedelta | None = None,
    on_phase: OnPhase | None = None,
) -> Manifest:
    """Replace the published copy by the live file as it is now, in one rename, and write its manifest beside it.

    The live file stays locked all the while, so that two publishers cannot meet.
    wait_seconds: for another process to let go of the live file. keep_days: for how many days the last copy of each day stays, see kept.
    search_index: whether the one file gets an index for ranked search. left_files_stay: for how long files by month stay that no copy reads
    any more. former_rests: for how long the copy before the one in place must have been that before it is made the new one by writing what
    differs, if nobody reads it any more; None: all of the one file is written, and no former copy kept. The first copy of a UTC day is
    written whole in any case.
    on_phase: told "publish.checkpoint", then "publish.copy", "publish.update" if only what differs is written, and "publish.index" if
    there is one, or "publish.months" and "publish.catalogue", then "publish.check", "publish.rename", "publish.manifest", "publish.keep"
    and "publish.sweep", before each of them begins.
    Raises WarehouseLocked, WarehouseUnusable, ExtensionUnusable, and PublishFailed when the copy does not hold what was counted.
    """
    _refuse(live_path, published_path, way, search_index=search_index)
    tell, copy_path = on_phase or nobody, new_name_of(published_path)
    # Closing any descriptor of a file drops this process' locks on it: this one outlives the connection.
    with copy_errors(published_path), live_path.open("rb") as source, live(live_path, wait_seconds=wait_seconds, threads=2) as connection:
        published_path.parent.mkdir(parents=True, exist_ok=True)
        remove_with_log(copy_path)
        tell("publish.checkpoint")
        with checkpointing(connection):
            connection.execute("checkpoint")
        counted, before = contents(connection), read_manifest(published_path)
        is_first_of_day = before is None or before.published_at.date() != now.date()
        files: Files = ()
        try:
            if way == "parquet":
                files = _write_by_month(connection, published_path, copy_path, before, tell)
            else:
                _write_one_file(source, published_path, copy_path, rested=None if is_first_of_day else former_rests, tell=tell)
            indexed = _index(copy_path, tell) if search_index else None
            tell("publish.check")
            _check(copy_path, counted)
            left = left_files(published_path, {name for name, _ in files}, now)
            manifest = Manifest(
                *counted, sha256_of(copy_path), copy_path.stat().st_size, now, code_version, duckdb.__version__, files, left, indexed
            )
            tell("publish.rename")
            if way == "file" and former_rests is not None:
                hand_down(published_path)
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


def _refuse(live_path: Path, published_path: Path, way: Way, *, search_index: bool) -> None:
    """Raises WarehouseUnusable, ExtensionUnusable."""
    if not live_path.exists():
        raise WarehouseUnusable(live_path, "there is nothing to publish yet: run an ingest first")
    if search_index and way == "parquet":
        raise WarehouseUnusable(published_path, "a copy in files by month takes no index for ranked search: publish it as one file")
    if search_index:
        full_text_file()


def _write_one_file(source: BinaryIO, published_path: Path, copy_path: Path, *, rested: timedelta | None, tell: OnPhase) -> None:
    """rested: for how long a former copy must have been one to be made the new one; None: never."""
    tell("publish.copy")
    with former_as(published_path, copy_path, rested=rested) if rested is not None else contextlib.nullcontext() as former:
        if former:
            tell("publish.update")
            update_durably(source, former)
            return
    forget_former(published_path)
    copy_durably(source, copy_path)


def _write_by_month(
    connection: duckdb.DuckDBPyConnection, published_path: Path, copy_path: Path, before: Manifest | None, tell: OnPhase
) -> Files:
    """The files that the copy reads."""
    folder = month_folder(published_path)
    forget_former(published_path)
    tell("publish.months")
    files = write_months(connection, folder, dict(before.files) if before else {})
    tell("publish.catalogue")
    write_catalogue(connection, copy_path, folder, files)
    return tuple((file.name, file.bytes) for file in files)


def _index(copy_path: Path, tell: OnPhase) -> int:
    """Returns how many articles it holds."""
    tell("publish.index")
    return index_copy(copy_path)


def _check(copy_path: Path, counted: Contents) -> None:
    with published(copy_path) as copy:
        found = contents(copy)
    if found != counted:
        raise PublishFailed(f"{copy_path} does not hold what the live file held: expected {counted}, found {found}")


def nobody(phase: str) -> None:
    """Told of a phase, it does nothing."""
    del phase
