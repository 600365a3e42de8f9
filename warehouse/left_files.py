"""How long files by month stay that no published copy reads any more."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from warehouse.kept import kept_copies
from warehouse.manifest import read_manifest
from warehouse.month_folder import month_files, month_folder

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime, timedelta
    from pathlib import Path

    Left = tuple[tuple[str, datetime], ...]


def left_files(published_path: Path, named: Collection[str], now: datetime) -> Left:
    """(name, since when) of the files that neither the new copy nor a kept one reads; people may still have a former one open.

    named: files of the new copy. The manifest in place is still that of the former one; from it is known since when.
    """
    former, still = read_manifest(published_path), set(named)
    since = dict(former.left) if former else {}
    for path, _ in kept_copies(published_path):
        manifest = read_manifest(path)
        if manifest is None or manifest.bytes != path.stat().st_size:
            return ()  # nobody knows what that copy reads: it is told at the next publish, or once the copy is gone
        still |= {name for name, _ in manifest.files}
    names = (f"{path.parent.name}/{path.name}" for path in month_files(published_path))
    return tuple((name, since.get(name, now)) for name in names if name not in still)


def sweep(published_path: Path, left: Left, *, now: datetime, stay: timedelta) -> None:
    """Remove the files that have been left for so long, and the folder once it is empty. Raises OSError."""
    folder = month_folder(published_path)
    for name, since in left:
        if now - since >= stay:
            (folder / name).unlink(missing_ok=True)
    for place in (*folder.glob("*"), folder):
        with contextlib.suppress(OSError):  # it is not there, or not empty
            place.rmdir()
