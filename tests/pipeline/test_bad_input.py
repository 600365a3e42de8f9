"""What comes from outside may be anything: every feed and entry ends in a row that says what became of it, and the others load."""

from __future__ import annotations

import os
from functools import partial

import pytest

from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.pool import WorkerPool
from flows.world import this_world
from tasks.model import Feed
from tasks.text.article import make_article
from tasks.text.job import PageJob
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

XML = "application/rss+xml"
LONG_TITLE = "Pier " * 20_000
FEEDS = {
    "noise": Answer(b"\x8f\x00\xff not a feed at all \x01" * 50, XML),
    "nothing": Answer(b"", XML),
    "empty": Answer(rss(), XML),
    "html": Answer(page("Our feeds"), "text/html"),
    "cut": Answer(rss(item("/good-1"))[:-40], XML),
    "bytes": Answer(rss(item("/good-2"), title="TITLE").replace(b"TITLE", b"Bad \xff\xfe\xc3( bytes"), XML),
    "nul": Answer(rss(item("/good-3", title="A NUL")).replace(b"A NUL", b"A \x00 byte"), XML),
    "long": Answer(rss(item("/long", title=LONG_TITLE)), XML),
    "twins": Answer(rss(item("/twin-1", guid="same"), item("/twin-2", guid="same")), XML),
    "pages": Answer(rss(*(item(f"/{name}") for name in ("void", "picture", "nul-page", "broken-bytes", "deep", "mute"))), XML),
}
PAGES = {
    **{f"/{name}": Answer(page(f"A story called {name}")) for name in ("good-1", "good-2", "good-3", "twin-1", "twin-2")},
    "/long": Answer(page(LONG_TITLE)),
    "/void": Answer(b""),
    "/picture": Answer(b"\x89PNG\r\n\x1a\n" + bytes(500), "image/png"),
    "/nul-page": Answer(page("A page with holes").replace(b"Tuesday", b"Tues\x00day")),
    "/broken-bytes": Answer(
        page("A page in pieces").replace(b"Tuesday", ("cafés — naïve, déjà vu, über — " * 10).encode() + b"Tues\xff\xc3(day")
    ),
    "/deep": Answer(b"<div>" * 20_000 + page("A deep page")),
    "/mute": Answer(b"<html><body><script>play()</script></body></html>"),
}


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    """All of it in one run. Answers questions in SQL."""
    answers = {**PAGES, **{f"/feeds/{name}": answer for name, answer in FEEDS.items()}}
    feeds = [Feed(name, f"http://{HOST}/feeds/{name}", None, None, None) for name in FEEDS]
    folder = tmp_path_factory.mktemp("bad") / "state"
    with paper_site(answers) as site:
        settings = site.settings(folder)
        ingest(settings, feeds, this_world(), steps=Steps(open_pool=InProcessPool))
    with live(settings.live, wait_seconds=1) as connection:
        yield lambda sql, **values: connection.execute(sql, values).fetchall()


@pytest.mark.parametrize(
    ("feed", "outcome", "says"),
    [
        ("noise", "not_a_feed", None),
        ("nothing", "not_a_feed", "empty"),
        ("html", "html_instead", "html"),
        ("empty", "ok", None),
        ("cut", "ok", None),
        ("bytes", "ok", None),
        ("nul", "ok", None),
    ],
)
def test_a_feed_is_read_or_its_poll_says_why_not(taken_in, feed, outcome, says):
    [(found, error)] = taken_in("select outcome, error from polls where feed_id = $feed", feed=feed)

    assert found == outcome
    assert (error is None) == (outcome == "ok")
    assert says is None or says in error


def test_the_run_completes_and_every_entry_is_accounted_for(taken_in):
    assert taken_in("select status from runs") == [("completed",)]
    assert taken_in("select count(*) from entry_outcomes") == taken_in("select sum(entry_count) from polls")
    assert taken_in("select count(*) from entry_outcomes where outcome = 'pending'") == [(0,)]


@pytest.mark.parametrize("feed", ["cut", "bytes", "nul"])
def test_what_a_damaged_feed_still_lists_is_loaded(taken_in, feed):
    assert taken_in("select outcome from entry_outcomes where feed_id = $feed", feed=feed) == [("loaded",)]


def test_a_title_of_a_hundred_thousand_characters_is_kept_within_bounds(taken_in):
    [(outcome, length)] = taken_in("select outcome, len(entry_title) from entry_outcomes where feed_id = 'long'")

    assert outcome == "loaded"
    assert length <= 100_000
    assert taken_in("select max(len(title)) <= 100000, min(len(title)) > 0 from article_texts") == [(True, True)]


def test_two_entries_with_one_id_are_two_articles(taken_in):
    found = taken_in("select outcome, article_id from entry_outcomes where feed_id = 'twins'")

    assert [outcome for outcome, _ in found] == ["loaded", "loaded"]
    assert len({article_id for _, article_id in found}) == 2


def test_a_page_without_an_article_is_rejected_with_its_reason(taken_in):
    found = dict(taken_in("select entry_key, outcome || ' ' || coalesce(reason, '') from entry_outcomes where feed_id = 'pages'"))

    assert found["id:/void"] == "rejected no_text"
    assert found["id:/picture"] == "rejected not_html"
    assert found["id:/mute"].startswith("rejected ")


def test_no_stored_text_holds_a_control_character_and_broken_bytes_are_flagged(taken_in):
    assert taken_in("select outcome from entry_outcomes where entry_key in ('id:/nul-page', 'id:/broken-bytes')") == [("loaded",)] * 2
    assert taken_in("select count(*) from article_texts where regexp_matches(text || title, '[\\x00-\\x08]')") == [(0,)]
    assert taken_in("select count(*) from article_observations where list_contains(flags, 'undecodable_bytes')") == [(1,)]


def test_a_feed_of_ten_thousand_entries_is_taken_in_whole_and_again(tmp_path):
    count = 10_000
    without_link = (f"<title>Entry {number}</title><guid>{number}</guid>" for number in range(count - 3))
    feed = rss(*without_link, *(item(f"/good-{number}") for number in (1, 2, 3)))
    feeds = [Feed("large", f"http://{HOST}/feed", None, None, None)]
    with paper_site({**PAGES, "/feed": Answer(feed, XML)}) as site:
        settings = site.settings(tmp_path / "state")
        first = ingest(settings, feeds, this_world(), steps=Steps(open_pool=InProcessPool))
        site.answers["/feed"] = Answer(feed + b"\n", XML)
        second = ingest(settings, feeds, this_world(), force=True, steps=Steps(open_pool=InProcessPool))

    assert first.entries == {"loaded": 3, "rejected": count - 3}
    assert second.entries == {"unchanged": count}


def test_a_feed_that_is_costly_to_read_is_ended_at_its_deadline_and_another_is_read(tmp_path):
    costly = rss(*["<author>A B</author><category>x</category>" * 7] * 45_000)  # 15 MB within all bounds: some 20 s of a core
    feeds = [Feed(name, f"http://{HOST}/{name}") for name in ("costly", "good")]
    with paper_site({**PAGES, "/costly": Answer(costly, XML), "/good": Answer(rss(item("/good-1")), XML)}) as site:
        settings = site.settings(tmp_path / "state").model_copy(update={"workers": 2})
        summary = ingest(settings, feeds, this_world(), steps=Steps(open_pool=partial(WorkerPool, seconds=4.0)))
    with live(settings.live, wait_seconds=1) as connection:
        polls = connection.execute("select feed_id, outcome, error from polls order by feed_id").fetchall()

    assert polls == [("costly", "too_slow", "no answer after 4 s, the process was killed"), ("good", "ok", None)]
    assert summary.entries == {"loaded": 1}


def die_of_one_page(job: PageJob):
    """In a worker process: one page ends it at once, as a fault in a C library would."""
    if b"twin-1" in job.body:
        os._exit(1)
    return make_article(job)


def test_a_worker_that_dies_costs_its_page_a_try_and_the_others_load(tmp_path):
    feed = rss(*(item(f"/{name}") for name in ("good-1", "twin-1", "good-2", "twin-2", "good-3")))
    feeds = [Feed("paper", f"http://{HOST}/feed", None, None, None)]
    with paper_site({**PAGES, "/feed": Answer(feed, XML)}) as site:
        settings = site.settings(tmp_path / "state")
        first = ingest(settings, feeds, this_world(), steps=Steps(make_article=die_of_one_page))
        waiting = _entries(settings, "pending")
        second = ingest(settings, feeds, this_world(), force=True)

    assert waiting == [("id:/twin-1", "worker_died", 1)]
    assert (first.entries["loaded"], second.entries["loaded"]) == (4, 1)
    assert _entries(settings, "pending") == []


def _entries(settings, outcome):
    with live(settings.live, wait_seconds=1) as connection:
        return connection.execute("select entry_key, reason, attempts from entry_outcomes where outcome = ?", [outcome]).fetchall()
