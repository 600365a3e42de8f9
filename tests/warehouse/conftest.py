"""A migrated file in a temporary folder, open for writing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.warehouse.warehouse_samples import BATCH, NOON
from warehouse.connect import live
from warehouse.load import load
from warehouse.migrate import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb


@pytest.fixture(scope="session")
def migrated_path(tmp_path_factory) -> Path:
    """An empty file at the schema of this version, closed; copied by each test that fills one."""
    path = tmp_path_factory.mktemp("migrated") / "live.duckdb"
    with live(path, wait_seconds=0) as connection:
        migrate(connection, now=NOON, code_version="1.0")
    return path


@pytest.fixture
def live_path(tmp_path) -> Path:
    return tmp_path / "live.duckdb"


@pytest.fixture
def store(live_path, migrated_path) -> Iterator[duckdb.DuckDBPyConnection]:
    shutil.copyfile(migrated_path, live_path)
    with live(live_path, wait_seconds=0) as connection:
        yield connection


@pytest.fixture
def filled_path(live_path, store) -> Path:
    """Of a file that holds one batch, closed."""
    load(store, BATCH)
    store.close()
    return live_path
