"""One DuckDB for many openings of the live file: each opening is as if it were the first."""

from __future__ import annotations

import subprocess
import sys

import duckdb
import pytest

from warehouse.compact import gather
from warehouse.connect import live
from warehouse.engine import Engine
from warehouse.errors import WarehouseError, WarehouseLocked, WarehouseUnusable

SETTINGS = "select current_setting('max_vacuum_tasks'), current_setting('threads'), current_setting('TimeZone')"

READ = """
import duckdb, sys
with duckdb.connect(sys.argv[1]) as connection:
    print(connection.execute("select count(*) from t").fetchone())
"""

FILL = """
import resource, sys
from pathlib import Path
from warehouse.connect import live
from warehouse.engine import Engine
from warehouse.errors import WarehouseUnusable
path, engine = Path(sys.argv[1]), Engine()
before = resource.getrlimit(resource.RLIMIT_FSIZE)
with live(path, wait_seconds=0, engine=engine) as connection:
    connection.execute("create table t (i bigint); insert into t values (1)")
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, before[1]))
try:
    with live(path, wait_seconds=0, engine=engine) as connection:
        connection.execute("insert into t select hash(i) // 2 from range(1_000_000) r(i)")
        connection.execute("checkpoint")
except WarehouseUnusable as full:
    print(full)
resource.setrlimit(resource.RLIMIT_FSIZE, before)
with live(path, wait_seconds=0, engine=engine) as connection:
    print("rows", connection.execute("select count(*) from t").fetchone()[0])
    connection.execute("insert into t select hash(i) // 2 from range(400_000) r(i)")
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, before[1]))
with live(path, wait_seconds=0, engine=engine) as connection:
    connection.execute("insert into t select hash(i) // 2 from range(100_000) r(i)")
print("log", path.with_name(path.name + ".wal").exists())
resource.setrlimit(resource.RLIMIT_FSIZE, before)
with live(path, wait_seconds=0, engine=engine) as connection:
    print("rows", connection.execute("select count(*) from t").fetchone()[0])
"""


@pytest.fixture
def engine(live_path):
    """It has opened the file once, and made a table t of one row."""
    kept = Engine()
    with live(live_path, wait_seconds=0, engine=kept) as connection:
        connection.execute("create table t as select 1 as i")
    return kept


def rows(live_path, engine):
    with live(live_path, wait_seconds=0, engine=engine) as connection:
        return connection.execute("select count(*) from t").fetchone()[0]


def read_elsewhere(live_path):
    return subprocess.run([sys.executable, "-c", READ, live_path], text=True, capture_output=True, check=True).stdout


def test_between_openings_another_process_has_the_file_and_there_is_no_log(live_path, engine):
    assert not live_path.with_name(live_path.name + ".wal").exists()
    assert read_elsewhere(live_path) == "(1,)\n"
    assert rows(live_path, engine) == 1


def test_a_file_is_of_the_format_that_compresses_text_however_it_is_opened(live_path, engine):
    with live(live_path, wait_seconds=0, engine=engine) as connection:
        tags = connection.execute("select tags from duckdb_databases() where database_name = current_database()").fetchone()

    assert tags == ({"storage_version": "v1.5.0+"},)


def test_what_one_opening_sets_is_not_so_in_the_next(live_path, engine):
    with live(live_path, wait_seconds=0, threads=2, engine=engine) as connection:
        gather(connection)
        connection.execute("set TimeZone = 'Europe/Berlin'; create temp table mine as select 1 as one")
        assert connection.execute(SETTINGS).fetchone() == (100, 2, "Europe/Berlin")

    with live(live_path, wait_seconds=0, engine=engine) as connection:
        assert connection.execute(SETTINGS).fetchone() == (0, 1, "UTC")
        with pytest.raises(duckdb.Error, match="mine does not exist"):
            connection.execute("select * from mine")


@pytest.mark.parametrize("failure", [KeyError, KeyboardInterrupt, duckdb.FatalException])
def test_what_ends_a_block_early_undoes_its_transaction_and_frees_the_file(live_path, engine, failure):
    def write():
        with live(live_path, wait_seconds=0, engine=engine) as connection:
            connection.execute("begin; insert into t values (2)")
            raise failure

    with pytest.raises((failure, WarehouseError)):
        write()

    assert read_elsewhere(live_path) == "(1,)\n"
    assert rows(live_path, engine) == 1


def test_a_file_that_is_open_already_is_in_use_for_another_of_this_process_until_it_is_closed(live_path, engine):
    with live(live_path, wait_seconds=0, engine=engine), pytest.raises(WarehouseLocked), live(live_path, wait_seconds=0, engine=Engine()):
        pass

    assert rows(live_path, Engine()) == 1


def test_a_lock_of_another_process_names_it_and_the_file_opens_once_it_is_gone(live_path, engine):
    hold = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.readline()"
    with subprocess.Popen([sys.executable, "-c", hold, live_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        with pytest.raises(WarehouseLocked, match=f"PID {holder.pid}"), live(live_path, wait_seconds=0.1, engine=engine):
            pass
        holder.communicate("\n")

    assert rows(live_path, engine) == 1


def test_a_file_that_is_no_database_is_named_and_left_alone(live_path):
    live_path.write_bytes(b"no database " * 1_000)

    with pytest.raises(WarehouseUnusable, match="no DuckDB database"), live(live_path, wait_seconds=0, engine=Engine()):
        pass

    assert live_path.read_bytes() == b"no database " * 1_000


def test_after_a_full_disk_the_same_one_goes_on_with_what_was_committed(live_path):
    said = subprocess.run([sys.executable, "-c", FILL, live_path], text=True, capture_output=True, check=True).stdout.splitlines()

    assert "nothing was half written" in said[0]
    assert said[1:] == ["rows 1", "log True", "rows 500001"]
