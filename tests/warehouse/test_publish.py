"""The published copy is whole and openable at every moment."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import replace

import duckdb
import pytest

from tests.warehouse.live_and_copy import add_second, articles_in
from tests.warehouse.warehouse_samples import LATER, NOON
from warehouse.connect import published
from warehouse.errors import PublishFailed, WarehouseLocked, WarehouseUnusable
from warehouse.manifest import manifest_path, read_manifest
from warehouse.migrate import packaged_migrations
from warehouse.publish import publish

PHASES = [
    "publish.checkpoint", "publish.copy", "publish.check", "publish.rename", "publish.manifest", "publish.keep", "publish.sweep",
]  # fmt: skip


@pytest.fixture
def news(tmp_path):
    return tmp_path / "out" / "news.duckdb"


def publish_now(live_path, news, **options):
    return publish(live_path, news, now=NOON, code_version="1.0", wait_seconds=0, **options)


def test_a_copy_holds_what_the_live_file_holds_and_cannot_be_written(filled_path, news):
    publish_now(filled_path, news)

    assert articles_in(news) == 1
    assert news.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in news.parent.iterdir()) == ["news.duckdb", "news.manifest.json"]


def test_the_manifest_describes_the_copy(filled_path, news):
    manifest = publish_now(filled_path, news)

    assert read_manifest(news) == manifest
    assert (manifest.schema_version, manifest.published_at, manifest.code_version) == (len(packaged_migrations()), NOON, "1.0")
    assert dict(manifest.rows)["entry_outcomes"] == 2
    assert (manifest.first_seen_from, manifest.first_seen_to, manifest.duckdb_version) == (NOON, NOON, duckdb.__version__)
    assert (manifest.bytes, manifest.sha256) == (news.stat().st_size, hashlib.sha256(news.read_bytes()).hexdigest())


def test_the_manifest_of_an_empty_warehouse_says_that_nothing_was_seen(live_path, store, news):
    store.close()
    manifest = publish_now(live_path, news)

    assert read_manifest(news) == manifest
    assert (manifest.first_seen_from, manifest.first_seen_to) == (None, None)


def test_a_manifest_that_an_earlier_version_wrote_is_read(filled_path, news):
    manifest = publish_now(filled_path, news)
    said = json.loads(manifest_path(news).read_text(encoding="utf-8"))
    for since in ("first_seen_from", "first_seen_to", "duckdb_version"):
        del said[since]
    manifest_path(news).write_text(json.dumps(said), encoding="utf-8")

    assert read_manifest(news) == replace(manifest, first_seen_from=None, first_seen_to=None, duckdb_version=None)


@pytest.mark.parametrize("said", ["", "{", "[]", "{}", '{"rows": []}', "null", "\udcff"], ids=repr)
def test_a_manifest_that_nobody_understands_is_written_anew_by_the_next_publish(filled_path, news, said):
    publish_now(filled_path, news)
    manifest_path(news).write_text(said, encoding="utf-8", errors="surrogateescape")
    assert read_manifest(news) is None

    manifest = publish_now(filled_path, news)
    assert read_manifest(news) == manifest


def test_there_is_no_manifest_before_the_first_copy(news):
    assert read_manifest(news) is None


def test_the_next_copy_replaces_the_former_one_while_it_is_open(filled_path, news):
    publish_now(filled_path, news)
    with published(news) as reader:
        add_second(filled_path)
        publish_now(filled_path, news)
        assert len(reader.table("articles")) == 1

    assert articles_in(news) == 2


def test_phases_are_told_in_order(filled_path, news):
    told = []
    publish_now(filled_path, news, on_phase=told.append)

    assert told == PHASES


def test_an_index_is_made_before_the_copy_is_checked(filled_path, news):
    told = []
    publish_now(filled_path, news, on_phase=told.append, search_index=True)

    assert told == [*PHASES[:2], "publish.index", *PHASES[2:]]


PUBLISH_AND_DIE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from warehouse.publish import publish
def die(phase):
    if phase == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
publish(Path(sys.argv[1]), Path(sys.argv[2]), now=datetime.now(UTC), code_version="1.0", wait_seconds=0, on_phase=die, search_index=True)
"""


@pytest.mark.parametrize("phase", [*PHASES, "publish.index"])
def test_a_crash_leaves_a_copy_that_opens_and_the_next_publish_cleans_up(filled_path, news, phase):
    publish_now(filled_path, news)
    add_second(filled_path)
    killed = subprocess.run([sys.executable, "-c", PUBLISH_AND_DIE, filled_path, news, phase], check=False)

    assert killed.returncode == -9
    assert articles_in(news) == (2 if phase in {"publish.manifest", "publish.keep", "publish.sweep"} else 1)
    publish_now(filled_path, news)
    assert articles_in(news) == 2
    assert sorted(path.name for path in news.parent.iterdir()) == ["news.duckdb", "news.manifest.json"]
    assert read_manifest(news).sha256 == hashlib.sha256(news.read_bytes()).hexdigest()


def test_a_log_left_by_someone_who_wrote_into_the_former_copy_is_not_replayed(filled_path, news):
    publish_now(filled_path, news)
    news.with_name("news.duckdb.wal").write_bytes(b"left behind" * 100)
    publish_now(filled_path, news)

    assert articles_in(news) == 1
    assert not news.with_name("news.duckdb.wal").exists()


WRITE_INTO_THE_COPY = """
import duckdb, sys
connection = duckdb.connect(sys.argv[1])
for _ in sys.stdin:
    connection.execute("create or replace table mine as select 1 as x; checkpoint; insert into mine values (2)")
    print("written", flush=True)
connection.close()
"""


def test_someone_who_has_the_copy_open_for_writing_stops_no_publish_and_changes_no_later_copy(filled_path, news):
    publish_now(filled_path, news)
    news.chmod(0o644)
    command = [sys.executable, "-c", WRITE_INTO_THE_COPY, news]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) as writer:
        writer.stdin.write("write\n")
        writer.stdout.readline()
        add_second(filled_path)
        manifest = publish_now(filled_path, news)
        assert articles_in(news) == 2

        writer.stdin.write("write\n")
        writer.stdout.readline()
        with pytest.raises(WarehouseUnusable, match="someone opened it for writing"):
            articles_in(news)
        publish_now(filled_path, news)
        assert articles_in(news) == 2
        writer.communicate()

    assert articles_in(news) == 2
    assert hashlib.sha256(news.read_bytes()).hexdigest() == manifest.sha256 == read_manifest(news).sha256
    assert sorted(path.name for path in news.parent.iterdir()) == ["news.duckdb", "news.manifest.json"]


def test_a_copy_that_lacks_rows_is_not_published(filled_path, news):
    publish_now(filled_path, news)
    copy = news.with_name("news.duckdb.new")

    def lose_rows(phase):
        if phase == "publish.check":
            with duckdb.connect(copy) as connection:
                connection.execute("delete from entry_outcomes")

    with pytest.raises(PublishFailed, match="does not hold what the live file held"):
        publish_now(filled_path, news, on_phase=lose_rows)

    assert dict(read_manifest(news).rows)["entry_outcomes"] == 2
    assert articles_in(news) == 1
    assert not copy.exists()


def test_a_copy_that_is_cut_short_is_not_published(filled_path, news):
    publish_now(filled_path, news)

    def cut(phase):
        if phase == "publish.check":
            os.truncate(news.with_name("news.duckdb.new"), 20_000)

    with pytest.raises((PublishFailed, WarehouseUnusable)):
        publish_now(filled_path, news, on_phase=cut)

    assert articles_in(news) == 1


TRY_TO_OPEN = "import duckdb, sys; duckdb.connect(sys.argv[1])"


def test_nobody_else_can_write_the_live_file_until_the_copy_is_in_place(filled_path, news):
    codes = []

    def try_to_open(phase):
        codes.append(subprocess.run([sys.executable, "-c", TRY_TO_OPEN, filled_path], capture_output=True, check=False).returncode)

    publish_now(filled_path, news, on_phase=try_to_open)

    assert codes == [1] * len(PHASES)


def test_a_live_file_in_use_is_not_published(filled_path, news):
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('open', flush=True); sys.stdin.readline()"
    with subprocess.Popen([sys.executable, "-c", script, filled_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        holder.stdout.readline()
        with pytest.raises(WarehouseLocked):
            publish_now(filled_path, news)
        holder.communicate("\n")

    assert not news.exists()


def test_nothing_to_publish_is_said_so_and_creates_nothing(live_path, news):
    with pytest.raises(WarehouseUnusable, match="nothing to publish yet"):
        publish_now(live_path, news)

    assert not live_path.exists()


def test_a_place_that_cannot_be_written_is_named(filled_path, tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(WarehouseUnusable, match="the copy cannot be written"):
        publish_now(filled_path, tmp_path / "file" / "news.duckdb")


def test_a_later_publish_is_dated_later(filled_path, news):
    publish_now(filled_path, news)

    assert publish(filled_path, news, now=LATER, code_version="1.1", wait_seconds=0) == read_manifest(news)
    assert read_manifest(news).published_at == LATER
    assert manifest_path(news).name == "news.manifest.json"
