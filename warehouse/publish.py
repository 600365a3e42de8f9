"""Makes the copy that people read: checkpoint, copy, check, rename. Whatever ends it early, the former copy stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import duckdb

from warehouse.connect import live, published
from warehouse.errors import PublishFailed, WarehouseUnusable
from warehouse.filecopy import copy_durably
from warehouse.full_text import full_text_file
from warehouse.kept import keep
from warehouse.manifest import Contents, Manifest, contents, write_manifest
from warehouse.replace import copy_errors, new_name_of, remove_with_log, replace, sha256_of
from warehouse.search_index import index_copy

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

OnPhase = Callable[[str], None]


def publish(
    live_path: Path,
    published_path: Path,
    *,
    now: datetime,
    code_version: str,
    wait_seconds: float,
    keep_days: int = 0,
    search_index: bool = False,
    on_phase: OnPhase | None = None,
) -> Manifest:
    """Replace the published copy by the live file as it is now, in one rename, and write its manifest beside it.

    The live file stays locked all the while, so that two publishers cannot meet.
    wait_seconds: for another process to let go of the live file. keep_days: for how many days the last copy of each day stays, see kept.
    search_index: whether the copy gets an index for ranked search.
    on_phase: told "publish.checkpoint", "publish.copy", "publish.index" where there is one, "publish.check", "publish.rename",
    "publish.manifest" and "publish.keep" before each of them begins.
    Raises WarehouseLocked, WarehouseUnusable, ExtensionUnusable, and PublishFailed when the copy does not hold what was counted.
    """
    tell, copy_path = on_phase or nobody, new_name_of(published_path)
    if not live_path.exists():
        raise WarehouseUnusable(live_path, "there is nothing to publish yet: run an ingest first")
    if search_index:
        full_text_file()
    # Closing any descriptor of a file drops this process' locks on it: this one outlives the connection.
    with copy_errors(published_path), live_path.open("rb") as source, live(live_path, wait_seconds=wait_seconds) as connection:
        published_path.parent.mkdir(parents=True, exist_ok=True)
        remove_with_log(copy_path)
        tell("publish.checkpoint")
        connection.execute("checkpoint")
        counted = contents(connection)
        tell("publish.copy")
        try:
            copy_durably(source, copy_path)
            indexed = None
            if search_index:
                tell("publish.index")
                indexed = index_copy(copy_path)
            tell("publish.check")
            _check(copy_path, counted)
            manifest = Manifest(*counted, sha256_of(copy_path), copy_path.stat().st_size, now, code_version, duckdb.__version__, indexed)
            tell("publish.rename")
            replace(copy_path, published_path)
        finally:
            remove_with_log(copy_path)
        tell("publish.manifest")
        write_manifest(published_path, manifest)
        tell("publish.keep")
        keep(published_path, manifest, days=keep_days)
    return manifest


def _check(copy_path: Path, counted: Contents) -> None:
    with published(copy_path) as copy:
        found = contents(copy)
    if found != counted:
        raise PublishFailed(f"{copy_path} does not hold what the live file held: expected {counted}, found {found}")


def nobody(phase: str) -> None:
    """Told of a phase, it does nothing."""
    del phase
