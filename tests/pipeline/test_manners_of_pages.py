"""What a page asks of those who read it, and how a run came to it, stand in its row."""

from __future__ import annotations

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.world import this_world
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

RESERVED = page("A reserved story").replace(b"<head>", b'<head><meta name="tdm-reservation" content="1">')
ANSWERS = {
    "/feed": Answer(rss(item("/plain"), item("/reserved")), "application/rss+xml"),
    "/plain": Answer(page("A plain story")),
    "/reserved": Answer(RESERVED),
}


@pytest.fixture
def pages(tmp_path):
    """The rows of pages after a run. obey_opt_outs: the setting."""

    def run(*, obey_opt_outs):
        with paper_site(ANSWERS) as site:
            settings = site.settings(tmp_path / "state").model_copy(update={"obey_opt_outs": obey_opt_outs})
            ingest(settings, [Feed("paper", f"http://{HOST}/feed")], this_world(), steps=Steps(open_pool=InProcessPool))
        with live(settings.live, wait_seconds=1) as connection:
            found = "select requested_url, outcome, opt_outs, redirects, archive_file is not null, error from pages order by requested_url"
            entries = "select entry_url, outcome, reason from entry_outcomes order by entry_url"
            return connection.execute(found).fetchall(), connection.execute(entries).fetchall()

    return run


def test_an_opt_out_from_mining_is_told_and_the_page_is_read(pages):
    rows, entries = pages(obey_opt_outs=False)

    assert rows == [
        (f"http://{HOST}/plain", "ok", [], [], True, None),
        (f"http://{HOST}/reserved", "ok", ["tdm-reservation meta"], [], True, None),
    ]
    assert [outcome for _, outcome, _ in entries] == ["loaded", "loaded"]


def test_where_the_installation_obeys_the_page_is_neither_read_nor_kept(pages):
    rows, entries = pages(obey_opt_outs=True)

    assert rows[1] == (f"http://{HOST}/reserved", "opted_out", ["tdm-reservation meta"], [], False, "tdm-reservation meta")
    assert entries == [(f"http://{HOST}/plain", "loaded", None), (f"http://{HOST}/reserved", "rejected", "opted_out")]
