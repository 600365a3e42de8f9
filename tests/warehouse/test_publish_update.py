"""The copy before the one in place is made the next one, where nobody reads it: only what differs is written."""

from __future__ import annotations

import hashlib
import mmap
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import duckdb
import pytest

from tests.warehouse.live_and_copy import add_second, articles_in
from tests.warehouse.warehouse_samples import NOON
from warehouse.connect import live, published
from warehouse.doublewrite import HEADER_BYTES
from warehouse.former import former_of
from warehouse.manifest import read_manifest
from warehouse.publish import publish


@pytest.fixture
def news(updated_folder):
    folder = updated_folder / "out"
    folder.mkdir()
    return folder / "news.duckdb"


def told_while_publishing(live_path, news, *, now=NOON, on_phase=None, former_rests=timedelta(0), **options):
    """The phases of one publish."""
    told = []

    def tell(phase):
        told.append(phase)
        if on_phase:
            on_phase(phase)

    manifest = publish(live_path, news, now=now, code_version="1.0", wait_seconds=0, on_phase=tell, former_rests=former_rests, **options)
    assert manifest == read_manifest(news)
    assert manifest.sha256 == hashlib.sha256(news.read_bytes()).hexdigest()
    if "publish.index" not in told:
        assert news.read_bytes() == live_path.read_bytes()
    return told


def publish_twice(live_path, news):
    """The third publish is the first one that finds a former copy."""
    assert "publish.update" not in told_while_publishing(live_path, news)
    assert "publish.update" not in told_while_publishing(live_path, news)
    assert former_of(news).exists()


def test_the_third_copy_of_a_day_is_made_of_the_first_and_is_the_live_file_byte_by_byte(filled_path, news):
    publish_twice(filled_path, news)
    first = former_of(news).stat().st_ino
    add_second(filled_path)

    assert "publish.update" in told_while_publishing(filled_path, news)
    assert news.stat().st_ino == first
    assert news.read_bytes() == filled_path.read_bytes()
    assert articles_in(news) == 2
    assert news.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in news.parent.iterdir()) == ["news.duckdb", "news.duckdb.former", "news.manifest.json"]


def test_a_copy_that_a_reader_still_has_open_is_left_to_it(filled_path, news):
    told_while_publishing(filled_path, news)
    with published(news) as reader:
        add_second(filled_path)
        told_while_publishing(filled_path, news)
        assert "publish.update" not in told_while_publishing(filled_path, news)
        assert "publish.update" in told_while_publishing(filled_path, news)
        assert len(reader.execute("select * from articles").fetchall()) == 1
    assert articles_in(news) == 2


READ_SLOWLY = (
    "import sys; file = open(sys.argv[1], 'rb'); print('open', flush=True); sys.stdin.readline(); sys.stdout.write(file.read().hex())"
)


def test_a_copy_that_another_process_is_copying_is_left_to_it(filled_path, news):
    told_while_publishing(filled_path, news)
    begun = news.read_bytes()
    with subprocess.Popen([sys.executable, "-c", READ_SLOWLY, news], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as copier:
        copier.stdout.readline()
        add_second(filled_path)
        told_while_publishing(filled_path, news)
        assert "publish.update" not in told_while_publishing(filled_path, news)
        read, _ = copier.communicate("go on\n")

    assert bytes.fromhex(read) == begun


def test_a_copy_that_is_mapped_into_memory_is_left_to_it(filled_path, news):
    told_while_publishing(filled_path, news)
    with news.open("rb") as file:
        mapped = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
    with mapped:
        begun = mapped[:]
        add_second(filled_path)
        told_while_publishing(filled_path, news)
        assert "publish.update" not in told_while_publishing(filled_path, news)
        assert mapped[:] == begun


def test_copies_of_past_days_are_left_as_they_were(filled_path, news):
    for day in range(3):
        for _ in range(3):
            told_while_publishing(filled_path, news, now=NOON + timedelta(days=day), keep_days=30)
        if day == 0:
            add_second(filled_path)

    kept = sorted(news.parent.glob("news-*.duckdb"))
    assert [articles_in(path) for path in kept] == [1, 2, 2]
    assert [read_manifest(path).sha256 for path in kept] == [hashlib.sha256(path.read_bytes()).hexdigest() for path in kept]


def test_with_copies_of_days_kept_the_copies_of_one_day_are_still_updated(filled_path, news):
    for _ in range(2):
        told_while_publishing(filled_path, news, keep_days=30)

    assert "publish.update" in told_while_publishing(filled_path, news, keep_days=30)


def test_the_first_copy_of_a_day_is_written_whole(filled_path, news):
    publish_twice(filled_path, news)

    assert "publish.update" not in told_while_publishing(filled_path, news, now=NOON + timedelta(days=1))
    assert "publish.update" in told_while_publishing(filled_path, news, now=NOON + timedelta(days=1))


def test_whole_copies_are_written_where_that_is_asked_for_and_leave_no_former_one(filled_path, news):
    publish_twice(filled_path, news)

    assert "publish.update" not in told_while_publishing(filled_path, news, former_rests=None)
    assert not former_of(news).exists()


def test_a_copy_that_was_in_place_not_long_ago_is_not_written_into(filled_path, news):
    publish_twice(filled_path, news)

    assert "publish.update" not in told_while_publishing(filled_path, news, former_rests=timedelta(minutes=3))


def test_a_copy_that_has_rested_is_written_into(filled_path, news):
    publish_twice(filled_path, news)
    time.sleep(1.1)

    assert "publish.update" in told_while_publishing(filled_path, news, former_rests=timedelta(seconds=1))


def test_a_child_that_is_forked_meanwhile_holds_nothing_up(filled_path, news):
    publish_twice(filled_path, news)
    children, began = [], time.monotonic()

    def fork(phase):
        if phase == "publish.update":
            children.append(os.fork())
            if not children[0]:
                time.sleep(30)
                os._exit(0)

    told_while_publishing(filled_path, news, on_phase=fork)
    os.kill(children[0], signal.SIGKILL)
    os.waitpid(children[0], 0)

    assert time.monotonic() - began < 30


@pytest.mark.parametrize("damage", [b"", b"no database", b"damaged" * 100_000])
def test_what_the_former_copy_was_does_not_matter(filled_path, news, damage):
    publish_twice(filled_path, news)
    former_of(news).chmod(0o644)
    with former_of(news).open("r+b") as file:
        file.seek(HEADER_BYTES + 1_000)
        file.write(damage)
        file.truncate()

    assert "publish.update" in told_while_publishing(filled_path, news)


def test_two_equal_values_that_change_alike_are_no_less_a_change(filled_path, news):
    """DuckDB's checksum of a block stays what it was: equal words cancel each other out in it, and it knows no order."""
    with live(filled_path, wait_seconds=0) as connection:
        connection.execute("create table doubled as select i, if(i in (10, 20), 1, hash(i)) as v from range(20000) as numbers(i)")
    publish_twice(filled_path, news)
    for value in (3, 4, 5, 6):
        with live(filled_path, wait_seconds=0) as connection:
            connection.execute("update doubled set v = $1 where i in (10, 20)", [value])
        assert "publish.update" in told_while_publishing(filled_path, news)


def test_what_someone_wrote_into_the_copy_is_gone_when_that_is_updated(filled_path, news):
    told_while_publishing(filled_path, news)
    news.chmod(0o644)
    with duckdb.connect(news) as connection:
        connection.execute("create table mine as select 1 as x; delete from articles")
    told_while_publishing(filled_path, news)

    assert "publish.update" in told_while_publishing(filled_path, news)
    assert news.read_bytes() == filled_path.read_bytes()


def test_a_former_copy_of_another_warehouse_is_of_use_too(filled_path, news, tmp_path):
    publish_twice(filled_path, news)
    other = tmp_path / "other" / "live.duckdb"
    with live(other, wait_seconds=0) as connection:
        connection.execute("create table other as select range as i, md5(range::varchar) as word from range(50000)")
    former_of(news).chmod(0o644)
    former_of(news).write_bytes(other.read_bytes())

    assert "publish.update" in told_while_publishing(filled_path, news)
    assert news.read_bytes() == filled_path.read_bytes()


@pytest.mark.parametrize("name", ["news.duckdb", "news.duckdb.former"])
def test_what_a_link_points_to_is_not_written(filled_path, news, tmp_path, name):
    publish_twice(filled_path, news)
    foreign = tmp_path / "foreign"
    foreign.write_bytes(b"somebody's")
    news.with_name(name).unlink()
    news.with_name(name).symlink_to(foreign)
    for _ in range(3):
        told_while_publishing(filled_path, news)

    assert foreign.read_bytes() == b"somebody's"
    assert not news.is_symlink()


def test_a_link_that_takes_its_place_in_the_last_moment_is_not_written_nor_its_mode_changed(filled_path, news, tmp_path, monkeypatch):
    publish_twice(filled_path, news)
    foreign = tmp_path / "foreign"
    foreign.write_bytes(b"somebody's")
    foreign.chmod(0o600)

    def swap(path):
        path.unlink()
        path.symlink_to(foreign)
        return True

    monkeypatch.setattr("warehouse.former.can_be_updated", swap)
    publish(filled_path, news, now=NOON, code_version="1.0", wait_seconds=0, former_rests=timedelta(0))

    assert foreign.read_bytes() == b"somebody's"
    assert foreign.stat().st_mode & 0o777 == 0o600


def test_a_folder_in_its_place_is_left_alone(filled_path, news):
    publish_twice(filled_path, news)
    former_of(news).unlink()
    former_of(news).mkdir()

    assert "publish.update" not in told_while_publishing(filled_path, news)
    assert former_of(news).is_dir()


READ = "import sys; print('begun', flush=True); sys.stdout.write(open(sys.argv[1], 'rb').read().hex())"


def test_who_opens_a_copy_while_it_is_updated_waits_until_it_is_whole(filled_path, news):
    publish_twice(filled_path, news)
    add_second(filled_path)
    copiers = []

    def open_it(phase):
        if phase == "publish.update":
            command = [sys.executable, "-c", READ, news.with_name("news.duckdb.new")]
            copiers.append(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
            copiers[0].stdout.readline()
            with pytest.raises(subprocess.TimeoutExpired):
                copiers[0].wait(timeout=1)

    told_while_publishing(filled_path, news, on_phase=open_it)
    read, _ = copiers[0].communicate()

    assert bytes.fromhex(read) == filled_path.read_bytes()


PUBLISH_AND_DIE = """
import os, signal, sys
from datetime import datetime, timedelta
from pathlib import Path
from warehouse import publish as module
def die(phase):
    if phase == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
def half(source, target):
    size = os.fstat(source.fileno()).st_size
    os.pwrite(target.fileno(), os.pread(source.fileno(), size // 2, 0), 0)
    os.kill(os.getpid(), signal.SIGKILL)
def replace(new, target):
    os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[3] == "half of it":
    module.update_durably = half
if sys.argv[3] == "between two names":
    module.replace = replace
now = datetime.fromisoformat(sys.argv[4])
module.publish(Path(sys.argv[1]), Path(sys.argv[2]), now=now, code_version="1.0", wait_seconds=0, on_phase=die, former_rests=timedelta(0))
"""


@pytest.mark.parametrize("moment", ["publish.update", "half of it", "publish.check", "publish.rename", "between two names"])
def test_a_kill_leaves_the_copy_in_place_as_it_was_and_nothing_of_it_reaches_the_next_one(filled_path, news, moment):
    publish_twice(filled_path, news)
    before = news.read_bytes()
    add_second(filled_path)
    killed = subprocess.run([sys.executable, "-c", PUBLISH_AND_DIE, filled_path, news, moment, NOON.isoformat()], check=False)

    assert killed.returncode == -9
    assert news.read_bytes() == before
    told_while_publishing(filled_path, news)
    assert news.read_bytes() == filled_path.read_bytes()
    assert former_of(news).read_bytes() == before
    assert {path.stat().st_mode & 0o777 for path in (news, former_of(news))} == {0o444}
    assert sorted(path.name for path in news.parent.iterdir()) == ["news.duckdb", "news.duckdb.former", "news.manifest.json"]


def test_nothing_is_updated_where_readers_cannot_all_be_known(filled_path, news, monkeypatch):
    monkeypatch.setattr("warehouse.former.UPDATED_ON", frozenset())
    for _ in range(3):
        assert "publish.update" not in told_while_publishing(filled_path, news)

    assert not former_of(news).exists()
