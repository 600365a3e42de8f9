"""Loads the full-text extension of DuckDB from the installed package that carries it: no network, no writable home."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import duckdb

from warehouse.errors import ExtensionUnusable
from warehouse.quoting import literal

if TYPE_CHECKING:
    from pathlib import Path

PACKAGE = "duckdb_extension_fts"


def load_full_text(connection: duckdb.DuckDBPyConnection) -> None:
    """Give this connection's database match_bm25 and create_fts_index; before access to files ends. Raises ExtensionUnusable."""
    with resources.as_file(full_text_file()) as path:
        _load(connection, path)


def full_text_file() -> Traversable:
    """The extension for the DuckDB that runs. Raises ExtensionUnusable."""
    try:
        file = resources.files(PACKAGE) / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"
    except ModuleNotFoundError as cause:
        raise ExtensionUnusable("it is not installed") from cause
    if not file.is_file():
        raise ExtensionUnusable(f"the installed one is not for DuckDB {duckdb.__version__}")
    return file


def _load(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    try:
        connection.execute(f"load {literal(str(path))}")
    except duckdb.Error as cause:
        raise ExtensionUnusable(str(cause)) from cause
