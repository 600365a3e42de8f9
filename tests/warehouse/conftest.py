"""A migrated file in a temporary folder, open for writing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.warehouse.warehouse_samples import NOON
from warehouse.connect import live
from warehouse.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb


@pytest.fixture
def live_path(tmp_path: Path) -> Path:
    return tmp_path / "live.duckdb"


@pytest.fixture
def store(live_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with live(live_path, wait_seconds=0) as connection:
        migrate(connection, now=NOON, code_version="1.0")
        yield connection
