"""The published copy, opened from Python."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC

import duckdb
import pytest

from tests.warehouse.warehouse_samples import BATCH, NOON
from warehouse import open_published
from warehouse.connect import live
from warehouse.errors import NotPublished, WarehouseUnusable
from warehouse.load import load
from warehouse.publish import publish


@pytest.fixture
def state(live_path, store):
    load(store, BATCH)
    store.close()
    publish(live_path, live_path.with_name("news.duckdb"), now=NOON, code_version="1.0", wait_seconds=0)
    return live_path.parent


@pytest.mark.parametrize("named", ["", "news.duckdb"])
def test_it_opens_by_its_own_name_or_by_its_folder_s(state, named):
    with open_published(state / named) as news:
        assert news.sql("select count(*) from articles_current").fetchone() == (1,)


def test_without_a_name_it_is_the_copy_in_the_folder_state(state, tmp_path, monkeypatch):
    (tmp_path / "state").mkdir()
    (state / "news.duckdb").rename(tmp_path / "state" / "news.duckdb")
    monkeypatch.chdir(tmp_path)

    with open_published() as news:
        assert news.sql("select count(*) from articles_current").fetchone() == (1,)


def test_instants_are_in_utc(state):
    with open_published(state) as news:
        ((instant, text),) = news.execute("select published_at, cast(published_at as varchar) from articles_current").fetchall()

    assert instant.utcoffset() == NOON.astimezone(UTC).utcoffset()
    assert text.endswith("+00")


def test_an_open_connection_keeps_its_copy_and_the_next_one_sees_what_was_published_since(state):
    held = open_published(state)
    with live(state / "live.duckdb", wait_seconds=0) as connection:
        connection.execute("delete from articles")
    publish(state / "live.duckdb", state / "news.duckdb", now=NOON, code_version="1.0", wait_seconds=0)

    with held, open_published(state) as fresh:
        assert held.sql("select count(*) from articles").fetchone() == (1,)
        assert fresh.sql("select count(*) from articles").fetchone() == (0,)


@pytest.mark.parametrize(
    "sql",
    [
        "delete from articles",
        "create table mine as select 1",
        "select * from read_text('/etc/hostname')",
        "copy articles to 'articles.csv'",
        "attach 'other.duckdb'",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_it_writes_nothing_and_reaches_nothing_else(state, sql, monkeypatch):
    monkeypatch.chdir(state)
    before = sorted(state.iterdir())

    with open_published(state) as news, pytest.raises(duckdb.Error):
        news.execute(sql)

    assert sorted(state.iterdir()) == before


def test_a_name_in_sql_is_never_a_variable_of_the_caller(state):
    import pyarrow as pa  # noqa: PLC0415

    articles_of_mine = pa.table({"a": [1]})  # noqa: F841
    with open_published(state) as news, pytest.raises(duckdb.CatalogException):
        news.execute("select * from articles_of_mine")


def test_a_session_may_choose_its_own_time_zone(state):
    with open_published(state) as news:
        assert (
            news.execute("set TimeZone = 'Asia/Tokyo'")
            .execute("select cast(published_at as varchar) from articles_current")
            .fetchone()[0]
            .endswith("+09")
        )


def test_where_nothing_is_published_it_says_what_to_do(tmp_path):
    with pytest.raises(NotPublished, match="at the end of a run, or by publishing"):
        open_published(tmp_path)


def test_a_file_that_is_no_copy_is_said_to_be_none(tmp_path):
    (tmp_path / "news.duckdb").write_bytes(b"not a database" * 1000)

    with pytest.raises(WarehouseUnusable, match="no DuckDB database"):
        open_published(tmp_path)


def test_row_types_come_without_duckdb():
    program = "import sys, warehouse.rows; sys.exit('duckdb' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
