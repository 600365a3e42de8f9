"""A checkpoint that is cut short, wherever: the file opens, and holds all that was committed."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys

import duckdb
import pytest

from warehouse.compact import compact, gather
from warehouse.connect import live
from warehouse.doublewrite import HEADER_BYTES, checkpointing, copies_of, put_back
from warehouse.engine import Engine
from warehouse.replace import log_of, new_name_of

BLOCK_BYTES = 1 << 18

COMMIT_AND_DIE = """
import os, signal, sys
from pathlib import Path
from warehouse.connect import live
from warehouse.doublewrite import checkpointing
with live(Path(sys.argv[1]), wait_seconds=0) as connection:
    connection.execute("insert into words select range, 'late' from range(100, 200)")
    with checkpointing(connection):
        if sys.argv[2] == "done":
            connection.execute("checkpoint")
        os.kill(os.getpid(), signal.SIGKILL)
"""

NO_ROOM = """
import resource, sys
from pathlib import Path
from warehouse.connect import live
with live(Path(sys.argv[1]), wait_seconds=0) as connection:
    connection.execute("insert into words values (100, 'late')")
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
"""

HOLD = """
import duckdb, sys
from pathlib import Path
from warehouse.connect import live
from warehouse.doublewrite import checkpointing
with live(Path(sys.argv[1]), wait_seconds=0) as connection, checkpointing(connection):
    print("open", flush=True)
    sys.stdin.readline()
"""

OPEN = "import duckdb, sys; duckdb.connect(sys.argv[1])"


@pytest.fixture
def words_path(live_path):
    """A file with a table of 100 words, written in ten openings."""
    with live(live_path, wait_seconds=0) as connection:
        connection.execute("create table words (number integer, word varchar)")
    for ten in range(10):
        with live(live_path, wait_seconds=0) as connection:
            connection.execute("insert into words select range, 'early' from range($1, $1 + 10)", [ten * 10])
    return live_path


def numbers(path):
    with live(path, wait_seconds=0) as connection:
        return [number for (number,) in connection.execute("select number from words order by number").fetchall()]


def die(path, when):
    assert subprocess.run([sys.executable, "-c", COMMIT_AND_DIE, path, when], check=False).returncode == -9


def copied(path):
    """Place -> block, of those that were copied."""
    saved = copies_of(path).read_bytes()[HEADER_BYTES:]
    size = 16 + BLOCK_BYTES
    return {int.from_bytes(saved[at : at + 8], "little"): saved[at + 16 : at + size] for at in range(0, len(saved), size)}


def write_at(path, place, content):
    with path.open("r+b") as file:
        file.seek(place)
        file.write(content)


def test_blocks_of_which_half_was_written_are_put_back_and_what_was_committed_is_there(words_path):
    die(words_path, "before")
    for place in copied(words_path):
        write_at(words_path, place, b"\xa5" * (BLOCK_BYTES // 2))
    with pytest.raises(duckdb.Error, match="checksum"):
        duckdb.connect(words_path)

    assert numbers(words_path) == list(range(200))
    assert not copies_of(words_path).exists()


@pytest.mark.parametrize(
    "change", ["insert into words values (-1, 'new')", "delete from words where number < 50", "alter table words add x int"]
)
@pytest.mark.parametrize("gathered", [False, True])
def test_with_its_header_and_the_copied_blocks_of_before_a_file_is_as_before_whatever_else_a_checkpoint_wrote(words_path, change, gathered):
    with live(words_path, wait_seconds=0) as connection:
        connection.execute(change)
        if gathered:
            gather(connection)
        with checkpointing(connection):
            blocks, headers = copied(words_path), copies_of(words_path).read_bytes()[:HEADER_BYTES]
            connection.execute("checkpoint")
    assert words_path.read_bytes()[:HEADER_BYTES] != headers
    assert any(words_path.read_bytes()[place : place + BLOCK_BYTES] != block for place, block in blocks.items())
    for place, block in (blocks | {0: headers}).items():
        write_at(words_path, place, block)

    assert numbers(words_path) == list(range(100))


def test_a_checkpoint_that_was_done_is_not_undone(words_path):
    die(words_path, "done")
    after = words_path.read_bytes()
    put_back(words_path)

    assert words_path.read_bytes() == after
    assert not copies_of(words_path).exists()
    assert numbers(words_path) == list(range(200))


def test_copies_that_were_not_finished_are_not_used(words_path):
    new_name_of(copies_of(words_path)).write_bytes(words_path.read_bytes()[: HEADER_BYTES + 100])

    assert numbers(words_path) == list(range(100))
    die(words_path, "before")
    assert numbers(words_path) == list(range(200))


@pytest.mark.parametrize("engine", [None, Engine()], ids=["alone", "engine"])
def test_where_no_copies_can_be_made_nothing_is_written_over_and_the_log_stays(words_path, engine):
    obstacle = new_name_of(copies_of(words_path))
    obstacle.mkdir()
    before = words_path.read_bytes()
    with live(words_path, wait_seconds=0, engine=engine) as connection:
        connection.execute("insert into words values (100, 'late')")
    assert words_path.read_bytes() == before
    assert log_of(words_path).exists()

    obstacle.rmdir()
    with live(words_path, wait_seconds=0, engine=engine) as connection:
        assert connection.execute("select count(*) from words").fetchone() == (101,)
    assert not log_of(words_path).exists()


def test_a_disk_that_has_no_room_for_copies_keeps_no_half_of_them(words_path):
    subprocess.run([sys.executable, "-c", NO_ROOM, words_path], check=True)

    assert {each.name for each in words_path.parent.iterdir()} == {words_path.name, log_of(words_path).name}
    assert numbers(words_path) == list(range(101))


@pytest.mark.parametrize("cut", [1, BLOCK_BYTES, BLOCK_BYTES + 15])
def test_copies_that_lost_their_end_are_not_used(words_path, cut):
    die(words_path, "before")
    before = words_path.read_bytes()
    with copies_of(words_path).open("r+b") as copies:
        copies.truncate(copies_of(words_path).stat().st_size - cut)
    put_back(words_path)

    assert words_path.read_bytes() == before
    assert numbers(words_path) == list(range(200))


@pytest.mark.parametrize(("place", "size"), [(1 << 60, 4), (HEADER_BYTES, 1 << 62)])
def test_copies_of_what_no_file_can_hold_are_not_used(words_path, place, size):
    header = words_path.read_bytes()[:HEADER_BYTES]
    copies_of(words_path).write_bytes(header + place.to_bytes(8, "little") + size.to_bytes(8, "little") + b"news")

    assert numbers(words_path) == list(range(100))


def test_a_file_is_mended_also_for_a_process_that_reads_it_already_as_a_publisher_does(words_path):
    die(words_path, "before")
    for place in copied(words_path):
        write_at(words_path, place, b"\xa5" * (BLOCK_BYTES // 2))

    with words_path.open("rb"):
        assert numbers(words_path) == list(range(200))


@pytest.mark.parametrize("failure", [KeyError, KeyboardInterrupt])
@pytest.mark.parametrize("engine", [None, Engine()], ids=["alone", "engine"])
def test_nothing_is_left_beside_a_file_however_its_block_ended(words_path, engine, failure):
    def write():
        with live(words_path, wait_seconds=0, engine=engine) as connection:
            connection.execute("insert into words values (100, 'late'); begin; insert into words values (101, 'never')")
            raise failure

    with pytest.raises(failure):
        write()

    assert [each.name for each in words_path.parent.iterdir()] == [words_path.name]
    assert numbers(words_path) == list(range(101))


def test_to_compact_and_to_read_leave_nothing_beside_a_file_either(words_path):
    with live(words_path, wait_seconds=0) as connection:
        compact(connection)

    assert numbers(words_path) == list(range(100))
    assert [each.name for each in words_path.parent.iterdir()] == [words_path.name]


def test_a_file_stays_locked_while_its_blocks_are_copied(words_path):
    with live(words_path, wait_seconds=0) as connection, checkpointing(connection):
        assert subprocess.run([sys.executable, "-c", OPEN, words_path], capture_output=True, check=False).returncode == 1


def test_copies_of_one_who_is_still_at_work_are_left_alone(words_path):
    with subprocess.Popen([sys.executable, "-c", HOLD, words_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "open\n"
        put_back(words_path)
        assert copies_of(words_path).exists()
        holder.communicate("\n")

    with live(words_path, wait_seconds=0) as connection, checkpointing(connection):
        put_back(words_path)
        assert copies_of(words_path).exists()


def test_a_log_of_any_length_is_not_written_into_the_file_before_it_is_closed(words_path):
    before = words_path.read_bytes()[:HEADER_BYTES]
    with contextlib.suppress(KeyError), live(words_path, wait_seconds=0) as connection:
        for _ in range(40):
            connection.execute("insert into words select range, repeat(range::varchar, 200) from range(1000)")
        assert log_of(words_path).stat().st_size > 20_000_000

        assert words_path.read_bytes()[:HEADER_BYTES] == before
    assert words_path.read_bytes()[:HEADER_BYTES] != before


def test_old_copies_beside_a_file_that_was_restored_do_nothing(words_path, tmp_path):
    backup = shutil.copyfile(words_path, tmp_path / "backup.duckdb")
    for _ in range(3):
        with live(words_path, wait_seconds=0) as connection:
            connection.execute("insert into words values (100, 'late')")
    die(words_path, "before")
    log_of(words_path).unlink()
    shutil.copyfile(backup, words_path)

    assert numbers(words_path) == list(range(100))
