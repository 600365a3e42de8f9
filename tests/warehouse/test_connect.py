"""Opening the files, and what is said when that fails."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import threading
import time

import duckdb
import pytest

from warehouse.advice import warehouse_error
from warehouse.compact import gather
from warehouse.connect import live, published
from warehouse.engine import Engine
from warehouse.errors import NotPublished, WarehouseError, WarehouseLocked, WarehouseUnusable
from warehouse.replace import log_of

HOLD = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
print("open", flush=True)
sys.stdin.readline()
connection.close()
print("closed", flush=True)
sys.stdin.readline()
"""


@pytest.fixture
def holder(live_path):
    """Another process that has the file open until a line is sent to it."""
    with subprocess.Popen([sys.executable, "-c", HOLD, live_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "open\n"
        yield process
        process.communicate("\n\n")


def test_a_missing_file_is_created_with_its_folder_in_the_format_that_compresses_text(tmp_path):
    with live(tmp_path / "state" / "live.duckdb", wait_seconds=0) as connection:
        tags = connection.execute("select tags from duckdb_databases() where database_name = current_database()").fetchone()

    assert tags == ({"storage_version": "v1.5.0+"},)


def test_instants_are_utc_whatever_the_machine_says(live_path):
    with live(live_path, wait_seconds=0) as connection:
        assert connection.execute("select current_setting('TimeZone'), '2026-03-01 12:00'::timestamptz::varchar").fetchone() == (
            "UTC",
            "2026-03-01 12:00:00+00",
        )


def test_what_is_written_stays_apart_from_what_stood_there_until_it_is_gathered(live_path):
    def write(*, gathered):
        with live(live_path, wait_seconds=0) as connection:
            connection.execute("create table if not exists numbers (n integer)")
            if gathered:
                gather(connection)
            connection.execute("insert into numbers select range from range(256)")
        with live(live_path, wait_seconds=0) as connection:
            return connection.execute("select count(distinct row_group_id) from pragma_storage_info('numbers')").fetchall()

    assert [write(gathered=False) for _ in range(4)] == [[(1,)], [(2,)], [(3,)], [(4,)]]
    assert write(gathered=True) == [(1,)]


def test_nothing_is_installed_or_loaded_by_itself(live_path):
    with live(live_path, wait_seconds=0) as connection, pytest.raises(duckdb.Error):
        connection.execute("select * from sqlite_scan('x.db', 'y')")


def test_a_lock_held_too_long_names_its_holder(live_path, holder):
    with pytest.raises(WarehouseLocked) as caught, live(live_path, wait_seconds=0.1):
        pass

    assert caught.value.holder.endswith(f"(PID {holder.pid})")
    assert caught.value.holder.startswith("python")
    assert str(live_path) in str(caught.value)


def test_waiting_ends_when_the_holder_lets_go(live_path, holder):
    began = time.monotonic()
    holder.stdin.write("\n")
    holder.stdin.flush()
    with live(live_path, wait_seconds=30) as connection:
        assert connection.execute("select 1").fetchone() == (1,)

    assert time.monotonic() - began < 20


def test_the_file_is_free_again_after_the_block_whatever_happens_in_it(live_path):
    with pytest.raises(KeyError), live(live_path, wait_seconds=0):
        raise KeyError

    assert (
        subprocess.run([sys.executable, "-c", HOLD, live_path], input="\n\n", text=True, capture_output=True, check=True).stdout
        == "open\nclosed\n"
    )


@pytest.mark.parametrize("content", [b"", b"no database " * 1_000], ids=["empty", "other"])
def test_a_file_that_is_no_database_is_named_and_left_alone(live_path, content):
    live_path.write_bytes(content)

    with pytest.raises(WarehouseUnusable, match="no DuckDB database"), live(live_path, wait_seconds=0):
        pass

    assert live_path.read_bytes() == content


ENDLESS = "select sum(a.range * b.range) from range(10_000_000) a, range(10_000_000) b"


@pytest.fixture(params=[KeyboardInterrupt(), SystemExit(143)], ids=repr)
def raised(request):
    """What the handler of SIGUSR1 raises: SIGALRM is the test runner's own."""

    def handle(*_):
        raise request.param

    before = signal.signal(signal.SIGUSR1, handle)
    yield request.param
    signal.signal(signal.SIGUSR1, before)


def ask_without_end(live_path, engine, seconds):
    """Ask what takes years, and get a signal after so many seconds."""
    with live(live_path, wait_seconds=0, engine=engine) as connection:
        timer = threading.Timer(seconds, signal.pthread_kill, (threading.get_ident(), signal.SIGUSR1))
        timer.start()
        try:
            connection.execute(ENDLESS)
        finally:
            timer.join()


def test_a_signal_that_comes_while_a_query_runs_raises_what_it_does_elsewhere(live_path, raised):
    with pytest.raises(type(raised)) as left:
        ask_without_end(live_path, None, 0.05)

    assert left.value is raised


@pytest.mark.timeout(60, method="thread")  # no handler runs while DuckDB is at work
@pytest.mark.parametrize("is_kept", [False, True], ids=["alone", "engine"])
def test_a_query_that_a_signal_ends_as_it_begins_is_not_done_to_its_end_when_the_file_is_closed(live_path, raised, is_kept):
    engine = Engine() if is_kept else None
    for step in range(30):
        with pytest.raises(type(raised)):
            ask_without_end(live_path, engine, 0.00004 * step)


@pytest.mark.parametrize("is_older", [False, True], ids=["other file", "older file"])
def test_a_log_that_was_written_for_another_file_is_named(live_path, tmp_path, is_older):
    with live(live_path, wait_seconds=0) as connection:
        connection.execute("create table words (word varchar)")
    other = tmp_path / "other.duckdb"
    if is_older:
        shutil.copyfile(live_path, other)
    with live(other, wait_seconds=0) as connection:
        connection.execute("create table more_words (word varchar)")
    with duckdb.connect(other) as connection:
        connection.execute("insert into more_words values ('late')")
        shutil.copyfile(log_of(other), log_of(live_path))

    with pytest.raises(WarehouseUnusable, match="the log beside it was not written for it"), live(live_path, wait_seconds=0):
        pass


def test_a_folder_in_place_of_the_file_is_named(tmp_path):
    with pytest.raises(WarehouseUnusable, match="it is a folder"), live(tmp_path, wait_seconds=0):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(WarehouseUnusable, match="its folder cannot be made"), live(tmp_path / "file" / "live.duckdb", wait_seconds=0):
        pass


@pytest.mark.parametrize(
    ("message", "advice"),
    [
        ('IO Error: Cannot open file "/srv/live.duckdb": Permission denied', "mend the permissions"),
        ('IO Error: Cannot open file "/srv/live.duckdb": Read-only file system', "choose another place"),
        ('IO Error: Could not write all bytes to file "/srv/live.duckdb": No space left on device', "the disk is full"),
        ("IO Error: Could not read enough bytes", "check the disk"),
        ("IO Error: Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 3", "its backup"),
    ],
)
def test_what_the_system_refuses_is_told_with_advice(tmp_path, message, advice):
    error = warehouse_error(tmp_path, duckdb.IOException(message))

    assert isinstance(error, WarehouseUnusable)
    assert advice in str(error)
    assert message in str(error)


FILL = """
import resource, sys
from pathlib import Path
from warehouse.connect import live
from warehouse.errors import WarehouseUnusable
path = Path(sys.argv[1])
with live(path, wait_seconds=0) as connection:
    connection.execute("create table t (i bigint); insert into t values (1)")
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
try:
    with live(path, wait_seconds=0) as connection:
        connection.execute("insert into t select hash(i) // 2 from range(1_000_000) r(i)")
        connection.execute("checkpoint")
except WarehouseUnusable as full:
    print(full)
"""


def test_a_disk_that_takes_no_more_is_said_so_and_nothing_is_half_written(live_path):
    said = subprocess.run([sys.executable, "-c", FILL, live_path], text=True, capture_output=True, check=True).stdout

    assert "nothing was half written" in said
    with live(live_path, wait_seconds=0) as connection:
        assert connection.execute("select count(*) from t").fetchone() == (1,)


CREATE = """
import resource, sys
from pathlib import Path
from warehouse.connect import live
from warehouse.errors import WarehouseUnusable
resource.setrlimit(resource.RLIMIT_FSIZE, (6_000, 6_000))
try:
    with live(Path(sys.argv[1]), wait_seconds=0):
        print("opened")
except WarehouseUnusable as full:
    print(full)
"""


def test_a_disk_that_is_full_when_the_file_is_made_leaves_nothing_that_stops_a_later_run(live_path):
    said = subprocess.run([sys.executable, "-c", CREATE, live_path], text=True, capture_output=True, check=True).stdout

    assert "opened" not in said
    assert not list(live_path.parent.glob("*.duckdb*"))
    with live(live_path, wait_seconds=0) as connection:
        assert connection.execute("select 1").fetchone() == (1,)


def test_a_database_error_inside_leaves_as_an_error_of_the_warehouse(live_path):
    with pytest.raises(WarehouseError, match="nonsense"), live(live_path, wait_seconds=0) as connection:
        connection.execute("select nonsense")


@pytest.mark.parametrize("sql", ["select 1 from a_table_of_tomorrow", "select a_column_of_tomorrow from feeds"])
def test_a_copy_of_another_version_is_said_to_be_one(live_path, store, sql):
    store.close()
    with pytest.raises(WarehouseUnusable, match="not those of this version: run an ingest"), published(live_path) as copy:
        copy.execute(sql)


def test_nothing_published_yet_is_said_so(tmp_path):
    with pytest.raises(NotPublished, match="does not exist yet"), published(tmp_path / "news.duckdb"):
        pass


@pytest.fixture
def open_copy(live_path):
    with live(live_path, wait_seconds=0) as connection:
        connection.execute("create table t as select 1 as i")
    with published(live_path) as connection:
        yield connection


@pytest.mark.parametrize(
    "sql",
    [
        "select * from read_csv('/etc/passwd')",
        "select * from read_text('/etc/passwd')",
        "select * from '/etc/passwd'",
        "select * from glob('/*')",
        "copy t to '/tmp/stolen.csv'",
        "export database '/tmp/stolen'",
        "attach '/tmp/other.duckdb' as other",
        "install httpfs",
        "load '/tmp/evil.duckdb_extension'",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "set TimeZone = 'Europe/Berlin'",
        "insert into t values (2)",
        "create table u (i integer)",
        "select * from open_copy",
    ],
)
def test_sql_on_the_published_copy_reaches_nothing_else(open_copy, sql):
    with pytest.raises(duckdb.Error):
        open_copy.execute(sql)
