"""What a wall leaves behind in the warehouse: its reason, never its text."""

from __future__ import annotations

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

CHECK = b"<html><title>Just a moment...</title><body><p>We need to see that you are human, this takes only a few seconds of your time.</p>"
LOST = b"<html><title>Page not found</title><body><h1>Page not found</h1><p>The page you are looking for is not here, try the search.</p>"
PAGES = {"/check": Answer(CHECK), "/lost": Answer(LOST), "/story": Answer(page("A story"))}


@pytest.fixture
def site():
    with paper_site({**PAGES, "/feed": Answer(rss(*(item(path) for path in PAGES)), "application/rss+xml")}) as served:
        yield served


def test_a_wall_is_rejected_with_its_reason_or_tried_again_where_it_may_open(tmp_path, site):
    settings = site.settings(tmp_path / "state")
    ingest(settings, [Feed("paper", f"http://{HOST}/feed")], this_world(), steps=Steps(open_pool=InProcessPool))

    with live(settings.live, wait_seconds=1) as connection:
        rejects = connection.execute("select entry_key, outcome, reason from rejects order by all").fetchall()
        titles = connection.execute("select title from article_texts").fetchall()

    assert rejects == [("id:/check", "pending", "bot_check"), ("id:/lost", "rejected", "soft_404")]
    assert titles == [("A story",)]


def test_a_bot_check_that_opens_is_loaded_by_a_later_run(tmp_path, site):
    settings, feeds = site.settings(tmp_path / "state"), [Feed("paper", f"http://{HOST}/feed")]
    ingest(settings, feeds, this_world(), steps=Steps(open_pool=InProcessPool))
    site.answers["/check"] = Answer(page("The story behind the check"))

    summary = ingest(settings, feeds, this_world(), force=True, steps=Steps(open_pool=InProcessPool))

    assert summary.entries["loaded"] == 1
