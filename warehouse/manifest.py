"""What the published copy holds, beside it as JSON: `news.duckdb` has `news.manifest.json`."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from warehouse.filecopy import sync_folder
from warehouse.quoting import identifier
from warehouse.statements import statement

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


@dataclass(frozen=True, slots=True)
class Manifest:
    """rows: (table, number of its rows), in order of name. bytes and sha256: of the published file."""

    schema_version: int
    rows: tuple[tuple[str, int], ...]
    sha256: str
    bytes: int
    published_at: datetime
    code_version: str


def count_rows(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
    """(table, number of its rows) for every table of the file, in order of name."""
    names = [str(name) for (name,) in connection.execute(statement("queries/publish/tables.sql")).fetchall()]
    return tuple((name, len(connection.table(identifier(name)))) for name in names)


def manifest_path(published_path: Path) -> Path:
    """Where the manifest of a published file lies."""
    return published_path.with_suffix(".manifest.json")


def write_manifest(published_path: Path, manifest: Manifest) -> None:
    """Replace the manifest, in one rename. Raises OSError."""
    path = manifest_path(published_path)
    new = path.with_name(path.name + ".new")
    with new.open("w", encoding="utf-8") as file:
        json.dump(_as_json(manifest), file, indent=2)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync_folder(path.parent)


def read_manifest(published_path: Path) -> Manifest | None:
    """The manifest, None if there is none. After a crash between the two renames it describes the copy before this one: compare sha256."""
    try:
        text = manifest_path(published_path).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    fields = json.loads(text)
    return Manifest(
        schema_version=fields["schema_version"],
        rows=tuple(fields["rows"].items()),
        sha256=fields["sha256"],
        bytes=fields["bytes"],
        published_at=datetime.fromisoformat(fields["published_at"]),
        code_version=fields["code_version"],
    )


def _as_json(manifest: Manifest) -> dict[str, object]:
    return {
        "schema_version": manifest.schema_version,
        "rows": dict(manifest.rows),
        "sha256": manifest.sha256,
        "bytes": manifest.bytes,
        "published_at": manifest.published_at.isoformat(),
        "code_version": manifest.code_version,
    }
