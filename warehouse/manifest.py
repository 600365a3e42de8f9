"""What the published copy holds, beside it as JSON: `news.duckdb` has `news.manifest.json`."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from warehouse.filecopy import sync_folder
from warehouse.long_tables import LONG_TABLES
from warehouse.migrate import schema_version
from warehouse.quoting import identifier
from warehouse.statements import statement

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb


class Contents(NamedTuple):
    """What a file holds. rows: (table, number of its rows), in order of name. first_seen_*: of its articles, None if it has none."""

    schema_version: int
    rows: tuple[tuple[str, int], ...]
    first_seen_from: datetime | None
    first_seen_to: datetime | None


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of a published file, and which file that is: its size, the sha256 of its bytes, who wrote it and when.

    duckdb_version: that wrote it; older ones may not be able to read it. first_seen_*, duckdb_version: None also where a manifest of an
    earlier version does not say. files: (name, bytes) of the files by month that it reads; none where all is in the one file. left: (name,
    since when) of those that no copy reads any more. indexed_articles: that ranked search can find; None where there is no index.
    """

    schema_version: int
    rows: tuple[tuple[str, int], ...]
    first_seen_from: datetime | None
    first_seen_to: datetime | None
    sha256: str
    bytes: int
    published_at: datetime
    code_version: str
    duckdb_version: str | None
    files: tuple[tuple[str, int], ...] = ()
    left: tuple[tuple[str, datetime], ...] = ()
    indexed_articles: int | None = None


def contents(connection: duckdb.DuckDBPyConnection) -> Contents:
    """What the open file holds."""
    [(first, last)] = connection.execute(statement("queries/publish/first_seen.sql")).fetchall()
    return Contents(schema_version(connection), count_rows(connection), first and first.astimezone(UTC), last and last.astimezone(UTC))


def count_rows(connection: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
    """(table, number of its rows) for every table of the file, also where views read it from files by month, in order of name."""
    long = [table.name for table in LONG_TABLES]
    names = [str(name) for (name,) in connection.execute(statement("queries/publish/tables.sql"), {"long_tables": long}).fetchall()]
    return tuple((name, connection.execute(f"select count(*) from {identifier(name)}").fetchall()[0][0]) for name in names)  # noqa: S608


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
    """The manifest, None if there is none, or none that can be understood: the next publish writes a new one.

    After a crash between the two renames it describes the copy before this one: compare sha256.
    """
    try:
        return _manifest(json.loads(manifest_path(published_path).read_text(encoding="utf-8")))
    except (FileNotFoundError, ValueError, TypeError, LookupError, AttributeError):
        return None


def _manifest(fields: Any) -> Manifest:  # noqa: ANN401 - whatever the file holds
    return Manifest(
        schema_version=fields["schema_version"],
        rows=tuple(fields["rows"].items()),
        first_seen_from=_instant(fields.get("first_seen_from")),
        first_seen_to=_instant(fields.get("first_seen_to")),
        sha256=fields["sha256"],
        bytes=fields["bytes"],
        published_at=datetime.fromisoformat(fields["published_at"]),
        code_version=fields["code_version"],
        duckdb_version=fields.get("duckdb_version"),
        files=tuple(fields.get("files", {}).items()),
        left=tuple((name, datetime.fromisoformat(since)) for name, since in fields.get("left_files", {}).items()),
        indexed_articles=fields.get("indexed_articles"),
    )


def _as_json(manifest: Manifest) -> dict[str, object]:
    """In the order in which people ask for it."""
    return {
        "published_at": manifest.published_at.isoformat(),
        "first_seen_from": manifest.first_seen_from and manifest.first_seen_from.isoformat(),
        "first_seen_to": manifest.first_seen_to and manifest.first_seen_to.isoformat(),
        "rows": dict(manifest.rows),
        "bytes": manifest.bytes,
        "sha256": manifest.sha256,
        "schema_version": manifest.schema_version,
        "code_version": manifest.code_version,
        "duckdb_version": manifest.duckdb_version,
        "indexed_articles": manifest.indexed_articles,
        "as": "parquet" if manifest.files else "file",
        "files": dict(manifest.files),
        "left_files": {name: since.isoformat() for name, since in manifest.left},
    }


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
