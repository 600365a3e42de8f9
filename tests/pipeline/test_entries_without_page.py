"""An entry that leads to no page is an article where the feed brings it."""

from __future__ import annotations

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, PROSE, Answer, paper_site, rss
from warehouse.connect import live

NOTE = '<title>A note from the pier</title><guid isPermaLink="false">7</guid><description>{}</description>'


def test_it_is_loaded_once_and_revised_when_the_feed_changes_it(tmp_path):
    with paper_site({"/feed": Answer(rss(NOTE.format(PROSE * 3)), "application/rss+xml")}) as site:
        settings, feeds = site.settings(tmp_path / "state"), [Feed("paper", f"http://{HOST}/feed")]
        first = ingest(settings, feeds, this_world(), steps=Steps(open_pool=InProcessPool))
        site.answers["/feed"] = Answer(rss(NOTE.format(PROSE * 2 + "The pier has opened again, to everyone's surprise. " + PROSE)), None)
        second = ingest(settings, feeds, this_world(), force=True, steps=Steps(open_pool=InProcessPool))
        with live(settings.live, wait_seconds=1) as connection:
            articles = connection.execute("select canonical_url, publisher_id from articles").fetchall()

    assert (first.entries, second.entries) == ({"loaded": 1}, {"revised": 1})
    assert articles == [(f"entry://{HOST}/feed/id:7", HOST)]
