"""Keeps the last copy of each day: `news.duckdb` of 1 March 2026 stays as `news-2026-03-01.duckdb`, with its manifest."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from warehouse.filecopy import copy_durably
from warehouse.manifest import Manifest, manifest_path, write_manifest
from warehouse.replace import new_name_of, remove_with_log, replace

if TYPE_CHECKING:
    from pathlib import Path


def keep(published_path: Path, manifest: Manifest, *, days: int) -> None:
    """Keep the copy in place as that of its UTC day, instead of an earlier one of that day; remove those that are `days` old or older.

    It costs no space until the next day's copy: both names are one file, where files can have two names.
    days: 0 keeps nothing, and removes nothing that was kept before. Raises OSError.
    """
    if not days:
        return
    day = manifest.published_at.date()
    kept = kept_path(published_path, day)
    new = new_name_of(kept)
    for path in _unfinished(published_path):
        path.unlink(missing_ok=True)
    _second_name(published_path, new)
    replace(new, kept)
    write_manifest(kept, manifest)
    for path, its_day in kept_copies(published_path):
        if its_day <= day - timedelta(days=days):
            manifest_path(path).unlink(missing_ok=True)
            remove_with_log(path)


def kept_path(published_path: Path, day: date) -> Path:
    """Where the copy of a day is kept."""
    return published_path.with_name(f"{published_path.stem}-{day.isoformat()}{published_path.suffix}")


def kept_copies(published_path: Path) -> tuple[tuple[Path, date], ...]:
    """The kept copies beside a published one, with their days, oldest first."""
    pattern = re.compile(re.escape(published_path.stem) + r"-(?P<day>\d{4}-\d{2}-\d{2})" + re.escape(published_path.suffix))
    found = [(path, match["day"]) for path in published_path.parent.iterdir() if (match := pattern.fullmatch(path.name))]
    return tuple((path, date.fromisoformat(day)) for path, day in sorted(found) if _is_day(day))


def _unfinished(published_path: Path) -> list[Path]:
    """What a process that was killed left of copies to keep, whatever their day."""
    pattern = re.compile(
        re.escape(published_path.stem) + rf"-\d{{4}}-\d{{2}}-\d{{2}}({re.escape(published_path.suffix)}|\.manifest\.json)\.new"
    )
    return [path for path in published_path.parent.iterdir() if pattern.fullmatch(path.name)]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _second_name(path: Path, name: Path) -> None:
    """Give a file another name; where files can have one name only, as on some network drives, it is copied."""
    try:
        name.hardlink_to(path)
    except OSError:
        with path.open("rb") as source:
            copy_durably(source, name)
