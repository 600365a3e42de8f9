"""Two runs never write side by side, however they were started."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import duckdb
import pytest

from flows.pipeline.context import Steps
from flows.pipeline.import_files import import_files
from flows.pipeline.maintain import maintain
from flows.pipeline.run import RunTooLong
from flows.world import place, this_world
from warehouse.batch import Batch
from warehouse.connect import live
from warehouse.lease import INGEST, LeaseHeld, LeaseLost, acquire, held, release
from warehouse.load import load
from warehouse.migrate import migrate
from warehouse.rows import RunRow

OTHER = UUID(int=7)
MINUTE = timedelta(minutes=1)
STATUSES = "select status from runs where flow = 'ingest' order by started_at, run_id"


def hold(place, *, since=None, host="other-mill", process_id=1):
    """Another run is at work, as the warehouse has it."""
    now = since or datetime.now(UTC)
    with live(place.settings.live, wait_seconds=20) as connection:
        migrate(connection, now=now, code_version="test")
        acquire(connection, INGEST, holder="ingest on other-mill (process 1)", run_id=OTHER, now=now, lasts=2 * MINUTE)
        run = RunRow(OTHER, "ingest", "test", None, None, None, host, process_id, now, None, "running", None)
        load(connection, Batch(runs=(run,)))


def holder(place):
    with live(place.settings.live, wait_seconds=20) as connection:
        return held(connection, INGEST)


def a_process_that_is_gone():
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        return process.pid


def test_an_ingest_that_comes_while_another_is_at_work_does_nothing_and_says_who_is(newsroom):
    hold(newsroom)
    summary = newsroom.ingest()

    assert summary.skipped.startswith("ingest on other-mill (process 1) has been at work since ")
    assert newsroom.query("select status, finished_at is not null, error from runs where flow = 'ingest' and status <> 'running'") == [
        ("skipped", True, summary.skipped)
    ]
    assert newsroom.query("select count(*) from polls") == [(0,)]


def test_an_ingest_started_in_the_middle_of_another_one_is_skipped_and_the_first_completes(newsroom):
    with ThreadPoolExecutor(1) as thread:
        watched = []

        def tell(event, count):
            if event == "fetch" and not watched:
                watched.append(thread.submit(newsroom.ingest))

        newsroom.ingest(tell=tell)

    assert watched[0].result().skipped
    assert sorted(status for (status,) in newsroom.query(STATUSES)) == ["completed", "skipped"]


def test_a_run_lets_go_of_its_lease_when_it_completes_and_when_it_fails(newsroom):
    newsroom.ingest()
    assert holder(newsroom) is None

    def fail(event, count):
        if event == "fetch":
            raise OSError(28, "No space left on device")

    newsroom.server.round_number = 2
    with pytest.raises(OSError, match="No space"):
        newsroom.ingest(tell=fail)
    assert holder(newsroom) is None


def test_the_place_of_a_run_whose_process_is_gone_is_taken_at_once(newsroom):
    hold(newsroom, host=this_world().host, process_id=a_process_that_is_gone())

    assert newsroom.ingest().skipped is None
    assert newsroom.query(STATUSES) == [("crashed",), ("completed",)]


def test_the_place_of_a_run_elsewhere_is_taken_once_it_was_silent_and_that_run_counts_as_crashed(newsroom):
    hold(newsroom, since=datetime.now(UTC) - 3 * MINUTE)

    assert newsroom.ingest().skipped is None
    ((_, status, error), _) = newsroom.query("select run_id, status, error from runs order by started_at")
    assert (status, error.startswith("not heard of since ")) == ("crashed", True)


def take_over(connection):
    """Another run takes the place, once the one that has it is not about to renew its lease."""
    while True:
        try:
            connection.execute("update run_leases set run_id = $run_id", {"run_id": OTHER})
        except duckdb.TransactionException:
            continue
        return


def test_a_run_whose_place_was_taken_while_it_slept_writes_nothing_more(newsroom):
    slept = []

    def sleep(event, count):
        if event == "fetch" and not slept:
            with live(newsroom.settings.live, wait_seconds=20) as connection:
                slept.append(connection.execute("select count(*) from articles").fetchall())
                take_over(connection)

    world = this_world()
    sleeper = replace(world, now=lambda: world.now() + (timedelta(hours=1) if slept else timedelta()))
    with pytest.raises(LeaseLost):
        newsroom.ingest(tell=sleep, world=sleeper)
    assert newsroom.query("select count(*) from articles") == slept[0]
    assert holder(newsroom).run_id == OTHER


def test_what_a_run_that_lost_its_place_left_is_taken_up_by_the_next(newsroom):
    test_a_run_whose_place_was_taken_while_it_slept_writes_nothing_more(newsroom)
    with live(newsroom.settings.live, wait_seconds=20) as connection:
        release(connection, INGEST, run_id=OTHER)
    newsroom.ingest()

    assert newsroom.query("select count(*) from articles where first_seen_at is not null") > [(50,)]
    assert newsroom.query("select count(*) from entry_outcomes where outcome = 'pending' and reason is null") == [(0,)]


def test_a_run_at_work_for_too_long_is_stopped_and_lets_go_of_its_lease_and_the_next_one_does_its_work(newsroom):
    slow = replace(newsroom, settings=newsroom.settings.model_copy(update={"pace_seconds": 600.0}))
    with pytest.raises(RunTooLong, match="the next run goes on with the rest"):
        slow.ingest(steps=Steps(run_seconds=1.0))
    assert holder(newsroom) is None

    newsroom.ingest()
    ((first, error), (second, _)) = newsroom.query("select status, error from runs where flow = 'ingest' order by started_at")
    assert (first, error.startswith("RunTooLong: "), second) == ("failed", True, "completed")
    assert newsroom.query("select count(*) > 50 from articles") == [(True,)]


def test_an_import_while_an_ingest_is_at_work_is_refused_and_says_who_is(newsroom, tmp_path):
    hold(newsroom)
    (tmp_path / "page.html").write_text("<p>Nobody reads this.</p>", encoding="utf-8")

    with pytest.raises(LeaseHeld, match=r"^ingest on other-mill .process 1. has been at work since "):
        import_files(newsroom.settings, [tmp_path / "page.html"], this_world())
    assert newsroom.query("select flow, status from runs where run_id <> '00000000-0000-0000-0000-000000000007'") == [("import", "skipped")]
    assert newsroom.query("select count(*) from polls") == [(0,)]


def test_an_ingest_while_an_import_is_at_work_is_skipped_and_the_import_completes(newsroom, tmp_path):
    skipped = []

    def tell(event, count):
        if event == "queued":
            skipped.append(newsroom.ingest().skipped)

    (tmp_path / "page.html").write_text("<p>Nobody reads this.</p>", encoding="utf-8")
    import_files(newsroom.settings, [tmp_path / "page.html"], this_world(), tell=tell)

    assert skipped[0].startswith("import on ")
    assert newsroom.query("select flow, status from runs order by started_at") == [("import", "completed"), ("ingest", "skipped")]


def test_a_run_in_another_container_of_the_same_name_is_not_taken_for_dead(newsroom):
    hold(newsroom, host=place(this_world().host, "pid:[1]"), process_id=a_process_that_is_gone())

    assert newsroom.ingest().skipped


def test_maintenance_waits_for_no_ingest_and_disturbs_none(newsroom):
    hold(newsroom)

    assert maintain(newsroom.settings, this_world()).skipped.startswith("ingest on other-mill")


def test_maintenance_removes_what_a_killed_publisher_left_and_nothing_else(newsroom):
    newsroom.ingest()
    for name in ("news.duckdb.new", "news.duckdb.new.wal", "news.manifest.json.new", "notes.txt"):
        (newsroom.settings.state / name).write_text("half", encoding="utf-8")
    summary = maintain(newsroom.settings, this_world())

    assert (summary.leftovers_removed, summary.archive_files_removed, summary.violations) == (3, 0, ())
    assert (newsroom.settings.state / "notes.txt").exists()
    assert list(newsroom.settings.archive.glob("*.warc.gz"))
    assert newsroom.query("select status from runs where flow = 'maintain'") == [("completed",)]


def test_maintenance_removes_old_raw_pages_only_when_told_to(newsroom):
    newsroom.ingest()
    world = this_world()
    later = replace(world, now=lambda: world.now() + timedelta(days=40))

    assert maintain(newsroom.settings, later).archive_files_removed == 0
    assert maintain(newsroom.settings, later, keep_archive=timedelta(days=41)).archive_files_removed == 0
    assert maintain(newsroom.settings, later, keep_archive=timedelta(days=39)).archive_files_removed == 1
