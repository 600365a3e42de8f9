"""What ends a run: the store itself cannot be used. Every message says what to do."""

from __future__ import annotations

from pathlib import Path


class WarehouseError(Exception):
    """The warehouse cannot do what was asked; nothing was written."""


class WarehouseLocked(WarehouseError):
    """Another process has the file open. holder: who, as far as the system tells, e.g. `python3 (PID 4711)`."""

    def __init__(self, path: Path, holder: str | None) -> None:
        super().__init__(path, holder)
        self.path, self.holder = path, holder

    def __str__(self) -> str:
        holder = self.holder or "another process"
        return f"{self.path} is in use by {holder}: wait for it to end or stop it; to read, open the published copy instead"


class WarehouseUnusable(WarehouseError):
    """The file or its folder cannot be opened, written or read."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, detail)
        self.path, self.detail = path, detail

    def __str__(self) -> str:
        return f"{self.path}: {self.detail}"


class MigrationRefused(WarehouseError):
    """The schema in the file is not one that this version may change: it is newer, or a migration was edited after it ran."""


class NotPublished(WarehouseError):
    """There is no published copy yet."""


class QueryFailed(WarehouseError):
    """The SQL that a person gave does not run. The message is the database's own."""


class ExportRefused(WarehouseError):
    """What was asked for cannot be written in that form or to that place. The message says what to do."""


class PublishFailed(WarehouseError):
    """The copy did not pass its check; the file published before stays."""


class ExtensionUnusable(WarehouseError):
    """DuckDB's full-text extension cannot be loaded; only ranked search needs it."""

    def __str__(self) -> str:
        return (
            "ranked search needs the package duckdb-extension-fts of the same version as duckdb "
            f"({super().__str__()}): install it, or search without ranking"
        )


class NotIndexed(WarehouseError):
    """The published copy was made without an index."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return (
            f"{self.path} has no index for ranked search: `feedmill publish --search-index` makes one, and with "
            "FEEDMILL_SEARCH_INDEX=true each publish does; `feedmill search` without --ranked needs none"
        )
