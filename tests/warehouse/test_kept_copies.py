"""The last copy of each day stays for some days, where that is asked for."""

from __future__ import annotations

import hashlib
from datetime import timedelta

import pytest

from tests.warehouse.live_and_copy import add_second
from tests.warehouse.warehouse_samples import NOON
from warehouse import open_published
from warehouse.kept import kept_copies
from warehouse.manifest import read_manifest
from warehouse.publish import publish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def news(tmp_path):
    return tmp_path / "out" / "news.duckdb"


def publish_at(live_path, news, now, keep_days):
    return publish(live_path, news, now=now, code_version="1.0", wait_seconds=0, keep_days=keep_days)


def names(news):
    return sorted(path.name for path in news.parent.iterdir())


def test_nothing_is_kept_unless_asked_for(filled_path, news):
    publish_at(filled_path, news, NOON, keep_days=0)
    publish_at(filled_path, news, NOON + DAY, keep_days=0)

    assert names(news) == ["news.duckdb", "news.manifest.json"]


def test_the_last_copy_of_a_day_stays_with_its_manifest_when_the_next_day_is_published(filled_path, news):
    publish_at(filled_path, news, NOON - HOUR, keep_days=7)
    last = publish_at(filled_path, news, NOON, keep_days=7)
    add_second(filled_path)
    publish_at(filled_path, news, NOON + DAY, keep_days=7)
    kept = news.with_name("news-2026-03-01.duckdb")

    with open_published(kept) as pinned, open_published(news) as newest:
        assert (len(pinned.table("articles")), len(newest.table("articles"))) == (1, 2)
    assert read_manifest(kept) == last
    assert hashlib.sha256(kept.read_bytes()).hexdigest() == last.sha256
    assert names(news) == [
        "news-2026-03-01.duckdb", "news-2026-03-01.manifest.json", "news-2026-03-02.duckdb", "news-2026-03-02.manifest.json",
        "news.duckdb", "news.manifest.json",
    ]  # fmt: skip


def test_the_copy_of_the_day_takes_no_space_of_its_own(filled_path, news):
    publish_at(filled_path, news, NOON, keep_days=7)

    assert news.with_name("news-2026-03-01.duckdb").samefile(news)


@pytest.mark.parametrize(("keep_days", "first_kept"), [(1, 5), (2, 4), (10, 1)])
def test_as_many_days_are_kept_as_was_said(filled_path, news, keep_days, first_kept):
    for day in range(5):
        publish_at(filled_path, news, NOON + day * DAY, keep_days=10)
    publish_at(filled_path, news, NOON + 4 * DAY, keep_days=keep_days)

    assert [day.day for _, day in kept_copies(news)] == list(range(first_kept, 6))


def test_what_was_kept_is_not_removed_by_a_call_that_keeps_nothing(filled_path, news):
    publish_at(filled_path, news, NOON, keep_days=1)
    publish_at(filled_path, news, NOON + 9 * DAY, keep_days=0)

    assert [day.day for _, day in kept_copies(news)] == [1]


def test_what_a_killed_process_left_of_an_earlier_day_is_removed(filled_path, news):
    publish_at(filled_path, news, NOON, keep_days=3)
    for name in ("news-2026-02-28.duckdb.new", "news-2026-02-28.manifest.json.new"):
        news.with_name(name).write_text("half")
    publish_at(filled_path, news, NOON + DAY, keep_days=3)

    assert not list(news.parent.glob("*.new"))


def test_files_of_other_names_are_nobody_s_copy_and_stay(filled_path, news):
    publish_at(filled_path, news, NOON, keep_days=1)
    others = ["news-2020-13-45.duckdb", "news-mine.duckdb", "old-2020-01-01.duckdb", "news-2020-01-01.duckdb.bak", "news-mine.duckdb.new"]
    for name in others:
        news.with_name(name).write_text("")
    publish_at(filled_path, news, NOON + DAY, keep_days=1)

    assert set(others) < set(names(news))
