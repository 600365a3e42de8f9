"""Published by month, the copy answers as one file does, and only months that changed are written."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta

import duckdb
import pytest

from benchmarks.generated_warehouse import Shape, generate
from tests.warehouse.warehouse_samples import BATCH
from warehouse.connect import live, open_published
from warehouse.definitions import MACROS, VIEWS
from warehouse.errors import PublishFailed, QueryFailed, WarehouseUnusable
from warehouse.handout import hand_out
from warehouse.kept import kept_path
from warehouse.load import load
from warehouse.long_tables import LONG_TABLES
from warehouse.manifest import count_rows, read_manifest
from warehouse.month_folder import month_files, month_folder
from warehouse.publish import nobody, publish
from warehouse.query import query
from warehouse.tables import TABLES

UNTIL = datetime(2026, 4, 1, tzinfo=UTC)
DAY = timedelta(days=1)
PHASES = [
    "publish.checkpoint", "publish.months", "publish.catalogue", "publish.check", "publish.rename", "publish.manifest", "publish.keep",
    "publish.sweep",
]  # fmt: skip
CALLS = {
    "articles_at": "articles_at('infinity', 'infinity')",
    "articles_as_of": "articles_as_of(timestamptz '2026-03-01 00:00:00+00')",
    "known_as_of": "known_as_of(timestamptz '2026-03-01 00:00:00+00')",
    "article_versions_since": "article_versions_since(timestamptz '2026-02-01 00:00:00+00')",
    "search": "search('one', timestamptz '2026-01-01 00:00:00+00')",
}

DOCUMENTED = "(select table_name, column_name, comment from duckdb_columns() where database_name = current_database() and not internal)"
MACROS_DOCUMENTED = "(select function_name, comment from duckdb_functions() where database_name = current_database() and not internal)"


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    path = tmp_path_factory.mktemp("generated") / "live.duckdb"
    generate(path, Shape(articles=60, seed=1, days=80, until=UNTIL))
    return path


@pytest.fixture
def stored(generated, live_path):
    """The path of a live file with articles of February and March, closed."""
    shutil.copyfile(generated, live_path)
    return live_path


@pytest.fixture
def news(tmp_path):
    return tmp_path / "out" / "news.duckdb"


def by_month(live_path, news, now=UNTIL, **options):
    return publish(live_path, news, now=now, code_version="1.0", wait_seconds=0, way="parquet", **options)


def in_one_file(live_path, news, now=UNTIL):
    return publish(live_path, news, now=now, code_version="1.0", wait_seconds=0)


def change(live_path, sql=None):
    """Load a small batch of March, or run a statement."""
    with live(live_path, wait_seconds=0) as connection:
        connection.execute(sql) if sql else load(connection, BATCH)


def rows(connection, relation):
    found = connection.execute(f"select * from {relation}")  # noqa: S608
    return [column[:2] for column in found.description], Counter(map(repr, found.fetchall()))


def articles_in(news):
    with open_published(news) as copy:
        return len(copy.execute("select article_id from articles_current").fetchall())


def states(news):
    return {f"{path.parent.name}/{path.name}": path.stat().st_mtime_ns for path in month_files(news)}


def test_every_table_view_and_macro_is_that_of_one_file(stored, news, tmp_path):
    change(stored)
    by_month(stored, news)
    in_one_file(stored, tmp_path / "whole" / "news.duckdb")

    assert set(CALLS) == set(MACROS)
    with duckdb.connect() as both:
        both.execute("set TimeZone = 'UTC'")
        both.execute(f"attach '{news}' as months (read_only); attach '{tmp_path}/whole/news.duckdb' as whole (read_only)")
        both.execute("begin")  # so that it is one now() for both
        for relation in (*(table.name for table in TABLES), *VIEWS, *CALLS.values(), DOCUMENTED, MACROS_DOCUMENTED):
            both.execute("use months")
            by_months = rows(both, relation)
            both.execute("use whole")
            assert by_months == rows(both, relation), relation


def test_no_text_lies_in_the_small_file(stored, news):
    manifest = by_month(stored, news)

    with open_published(news) as copy:
        tables = {name for (name,) in copy.execute("select table_name from duckdb_tables() where database_name = 'news'").fetchall()}
        assert count_rows(copy) == manifest.rows
    assert {table.name for table in LONG_TABLES if dict(manifest.rows)[table.name]}.isdisjoint(tables)
    assert dict(manifest.files) == {f"{path.parent.name}/{path.name}": path.stat().st_size for path in month_files(news)}
    assert all(path.stat().st_mode & 0o777 == 0o444 for path in (news, *month_files(news)))
    assert read_manifest(news) == manifest


def test_only_months_that_changed_are_written(stored, news):
    by_month(stored, news)
    before = states(news)
    by_month(stored, news)
    assert states(news) == before

    change(stored)
    manifest = by_month(stored, news)
    written = {name for name, state in states(news).items() if before.get(name) != state}
    assert {name.partition("/")[2][:7] for name in written} == {"2026-03"}
    assert "article_texts" in {name.partition("/")[0] for name in written}
    assert written < {name for name, _ in manifest.files}


def test_a_row_of_an_old_month_that_changes_writes_that_month(stored, news):
    by_month(stored, news)
    before = states(news)
    change(
        stored,
        """update entry_outcomes set outcome = 'rejected', attempts = attempts + 1
        where recorded_at = (select min(recorded_at) from entry_outcomes)""",
    )
    by_month(stored, news)

    [written] = {name for name, state in states(news).items() if before.get(name) != state}
    assert written.startswith("entry_outcomes/2026-0")


def test_a_month_that_is_damaged_or_gone_is_written_again(stored, news):
    by_month(stored, news)
    first, second, third = month_files(news)[:3]
    whole = [path.read_bytes() for path in (first, second, third)]
    first.unlink()
    second.chmod(0o644)
    second.write_bytes(b"PAR1")
    third.chmod(0o644)
    third.write_bytes(whole[2][:-100])
    by_month(stored, news)

    assert [path.read_bytes() for path in (first, second, third)] == whole


def test_rows_without_an_article_are_published_as_well(stored, news):
    change(stored, "delete from articles where article_id = (select min(article_id) from articles)")
    manifest = by_month(stored, news)

    assert [name for name, _ in manifest.files if name.startswith("article_blocks/undated-")]


def test_an_empty_warehouse_is_published(live_path, store, news):
    store.close()

    assert by_month(live_path, news).files == ()
    assert articles_in(news) == 0


def test_files_that_no_copy_reads_stay_a_day_for_those_who_have_a_former_copy_open(stored, news):
    by_month(stored, news)
    with open_published(news) as reader:
        former = rows(reader, "articles_current")
        change(stored)
        manifest = by_month(stored, news, UNTIL + DAY)
        by_month(stored, news, UNTIL + 1.9 * DAY)
        assert rows(reader, "articles_current") == former

    assert {since for _, since in manifest.left} == {UNTIL + DAY}
    by_month(stored, news, UNTIL + 2 * DAY)
    assert set(states(news)) == {name for name, _ in manifest.files}


def test_files_that_a_kept_copy_reads_stay_as_long_as_it(stored, news):
    by_month(stored, news, keep_days=3)
    kept = kept_path(news, UNTIL.date())
    articles = articles_in(kept)
    change(stored)
    for day in (1, 2):
        by_month(stored, news, UNTIL + day * DAY, keep_days=3)
    assert articles_in(kept) == articles < articles_in(news)

    for day in (3, 4, 5, 6, 7):
        manifest = by_month(stored, news, UNTIL + day * DAY, keep_days=3)
    assert set(states(news)) == {name for name, _ in manifest.files}


def test_one_file_and_files_by_month_take_turns(stored, news):
    by_month(stored, news)
    in_one_file(stored, news, UNTIL + DAY)
    assert month_files(news)
    in_one_file(stored, news, UNTIL + 2 * DAY)
    assert sorted(path.name for path in news.parent.iterdir()) == ["news.duckdb", "news.manifest.json"]

    by_month(stored, news, UNTIL + 3 * DAY)
    assert articles_in(news) >= 60


PUBLISH_AND_DIE = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from warehouse.publish import publish
def die(phase):
    if phase == sys.argv[3]:
        os.kill(os.getpid(), signal.SIGKILL)
publish(
    Path(sys.argv[1]), Path(sys.argv[2]), now=datetime.fromisoformat("2026-04-01T00:00Z"), code_version="1.0", wait_seconds=0,
    way="parquet", on_phase=die,
)
"""


@pytest.mark.parametrize("phase", PHASES)
def test_a_crash_leaves_a_copy_that_opens_and_the_next_publish_cleans_up(stored, news, phase):
    by_month(stored, news)
    before = articles_in(news)
    change(stored)
    killed = subprocess.run([sys.executable, "-c", PUBLISH_AND_DIE, stored, news, phase], check=False)

    assert killed.returncode == -9
    assert articles_in(news) == before + (PHASES.index(phase) > PHASES.index("publish.rename"))
    for days in (1, 2):
        manifest = by_month(stored, news, UNTIL + days * DAY)
    assert articles_in(news) == before + 1
    assert set(states(news)) == {name for name, _ in manifest.files}
    assert sorted(path.name for path in news.parent.iterdir()) == ["news.duckdb", "news.manifest.json", "news.parquet"]


def test_phases_are_told_in_order(stored, news):
    told = []
    by_month(stored, news, on_phase=told.append)

    assert told == PHASES


def test_a_month_that_is_lost_before_the_check_is_not_published(stored, news):
    by_month(stored, news)
    change(stored)

    def lose(phase):
        if phase == "publish.check":
            for path in month_folder(news).glob("articles/*"):
                path.unlink()

    before = news.read_bytes()
    with pytest.raises((PublishFailed, WarehouseUnusable)):
        by_month(stored, news, on_phase=lose)
    assert news.read_bytes() == before


def test_folders_may_have_any_name(stored, tmp_path):
    news = tmp_path / 'it\'s "all" [a-z]* here' / "news.duckdb"
    by_month(stored, news)

    assert articles_in(news) >= 60
    assert len(list(query(news, "select title from article_texts limit 3").rows)) == 3


@pytest.mark.parametrize(
    "sql",
    [
        "copy (select 1 as x) to '{month}' (format parquet, use_tmp_file false)",
        "explain analyze copy (select 1 as x) to '{month}' (format parquet, use_tmp_file false)",
        "prepare it as copy (select 1 as x) to '{month}' (format parquet, use_tmp_file false); execute it",
        "attach '{month}' as mine",
        "copy (select 1 as x) to '{other}'",
        "select * from read_text('{other}')",
    ],
)
def test_sql_reads_the_files_by_month_and_no_other_and_writes_none(stored, news, sql):
    by_month(stored, news)
    month = month_files(news)[0]
    before = month.read_bytes()
    other = news.parent / "news.parquet" / "other.txt"
    other.write_text("secret")

    with pytest.raises(QueryFailed):
        list(query(news, sql.format(month=month, other=other)).rows)
    assert month.read_bytes() == before
    assert other.read_text() == "secret"


def test_a_folder_that_was_moved_says_what_to_do(stored, news, tmp_path):
    by_month(stored, news)
    news.parent.rename(tmp_path / "moved")

    with (
        pytest.raises(duckdb.Error, match=r"operations are disabled|No files found"),
        open_published(tmp_path / "moved" / "news.duckdb") as copy,
    ):
        copy.execute("select count(*) from articles")


def test_what_reads_files_by_month_is_not_handed_out_without_them(stored, news, tmp_path):
    by_month(stored, news)
    (tmp_path / "share").mkdir()

    with pytest.raises(WarehouseUnusable, match="publish into the other folder"):
        hand_out(news, tmp_path / "share", wait_seconds=0, keep_days=0, on_phase=nobody)
