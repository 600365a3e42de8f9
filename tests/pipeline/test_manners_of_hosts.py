"""What hosts tell in robots.txt and tdmrep.json is asked for once, stands in rows, and is obeyed by the runs that follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.maintain import maintain
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

ORIGIN = f"http://{HOST}"
FEED = Feed("paper", f"{ORIGIN}/feed")
STORY = {
    "/feed": Answer(rss(item("/story")), "application/rss+xml"),
    "/story": Answer(page("A story of the harbour")),
    "/robots.txt": Answer(b"User-agent: *\nDisallow: /closed\n", "text/plain"),
}


class Mill:
    """Runs against a site, each `later` than the one before."""

    def __init__(self, site, folder, **settings):
        self.settings = site.settings(folder).model_copy(update=settings)
        self.passed = timedelta(0)
        self.site = site

    def run(self, *, later=timedelta(0), force=False, **answers):
        self.passed += later
        self.site.answers.update(answers)
        world, passed = this_world(), self.passed
        shifted = replace(world, now=lambda: world.now() + passed)
        ingest(self.settings, [FEED], shifted, force=force, steps=Steps(open_pool=InProcessPool))

    def rows(self, sql):
        with live(self.settings.live, wait_seconds=1) as connection:
            return connection.execute(sql).fetchall()

    def counts(self):
        tables = [name for (name,) in self.rows("select table_name from duckdb_tables() where not internal order by table_name")]
        return {name: self.rows(f"select count(*) from {name}")[0][0] for name in tables}  # noqa: S608 - names of our own tables


@pytest.fixture
def mill(tmp_path):
    with paper_site(STORY) as site:
        yield Mill(site, tmp_path / "state")


def test_an_idle_run_asks_for_no_robots_txt_and_writes_its_poll_and_nothing_else(mill):
    mill.run()
    before, files, told = mill.counts(), set(mill.settings.archive.iterdir()), mill.rows("select * from host_files")
    mill.run(later=timedelta(minutes=16))
    after = mill.counts()

    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {"runs": 1, "polls": 1}
    assert set(mill.settings.archive.iterdir()) == files
    assert mill.rows("select * from host_files") == told


def test_maintenance_forgets_hosts_that_nobody_asked_for_in_three_months(mill):
    mill.run()
    world = this_world()
    for days, left in [(90, 1), (92, 0)]:
        maintain(mill.settings, replace(world, now=lambda days=days: world.now() + timedelta(days=days)), check=False)
        assert mill.counts()["host_files"] == left


def test_what_a_host_forbids_stands_in_its_row(mill):
    mill.run()

    rows = mill.rows("select origin, path, publisher_id, outcome, http_status, content, refuses_front_page from host_files")
    assert rows == [(ORIGIN, "/robots.txt", HOST, "ok", 200, "User-agent: *\nDisallow: /closed\n", False)]


def test_a_failing_robots_txt_holds_later_runs_back_until_somebody_insists(mill):
    down, up = {"/robots.txt": Answer(b"", status=503)}, {"/robots.txt": STORY["/robots.txt"]}
    mill.run(**down)
    mill.run(later=timedelta(minutes=31), **down)
    mill.run(later=timedelta(minutes=1), force=True, **down)
    assert mill.rows("select outcome from polls") == [("robots",)] * 3
    ((since, until),) = mill.rows("select failing_since, expires_at from host_files")
    assert timedelta(minutes=60) < until - since < timedelta(minutes=70)

    mill.run(later=timedelta(minutes=1), force=True, **up)
    assert mill.rows("select outcome from polls order by polled_at desc limit 1") == [("ok",)]
    assert mill.rows("select outcome, failing_since from host_files") == [("ok", None)]


def test_a_page_that_tdmrep_json_reserves_is_not_fetched_where_that_is_obeyed(tmp_path):
    reserved = Answer(b'[{"location": "/story", "tdm-reservation": 1}]', "application/json")
    with paper_site(STORY | {"/.well-known/tdmrep.json": reserved}) as site:
        obeys = Mill(site, tmp_path / "obeys", obey_opt_outs=True)
        obeys.run()
        told = Mill(site, tmp_path / "tells")
        told.run()

    assert obeys.rows("select outcome, http_status, opt_outs, archive_file, error from pages") == [
        ("opted_out", None, ["tdmrep.json"], None, "tdmrep.json")
    ]
    assert obeys.rows("select outcome, reason from entry_outcomes") == [("rejected", "opted_out")]
    assert obeys.rows("select path, outcome from host_files order by path") == [("/.well-known/tdmrep.json", "ok"), ("/robots.txt", "ok")]
    assert told.rows("select outcome, opt_outs from pages") == [("ok", [])]
    assert told.rows("select path from host_files") == [("/robots.txt",)]
