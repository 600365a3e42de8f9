"""A sitemap is a source like any feed, and an index leads to its sitemaps: through the real ingest, from a real server."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from flows import policy
from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.look import discover, look_at
from flows.pipeline.sitemaps import IndexReader, Unread, window_at
from flows.world import this_world
from tasks.feeds.parse import parse_feed
from tasks.model import Feed
from tests.pipeline.in_process_pool import InProcessPool
from tests.pipeline.paper_site import HOST, Answer, item, page, paper_site, rss
from warehouse.connect import live

STEPS = Steps(open_pool=InProcessPool)
STORE = "store-of-sitemaps.test"
SITE = f"http://{HOST}"
XML = "application/xml"
TODAY = this_world().now()
LONG_AGO = TODAY - timedelta(days=3_000)
PROTOCOL = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'


def url(path: str, at: datetime | None = TODAY, *, title: str | None = None) -> str:
    stamp = at.isoformat() if at else ""
    news = f"<news:news><news:publication_date>{stamp}</news:publication_date><news:title>{title}</news:title></news:news>"
    return f"<url><loc>{SITE}{path}</loc>{news if title else f'<lastmod>{stamp}</lastmod>'}</url>"


def urlset(*urls: str, is_news: bool = False) -> bytes:
    return f"<urlset {PROTOCOL} {NEWS if is_news else ''}>{''.join(urls)}</urlset>".encode()


def index(*places: str, at: datetime | None = TODAY) -> bytes:
    lastmod = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
    parts = "".join(f"<sitemap><loc>{place if '://' in place else SITE + place}</loc>{lastmod}</sitemap>" for place in places)
    return f"<sitemapindex {PROTOCOL}>{parts}</sitemapindex>".encode()


def xml(body: bytes) -> Answer:
    return Answer(body, XML)


PAGES = {f"/{name}": Answer(page(f"The {name} story")) for name in ("pier", "ferry", "bridge")}
INDEX = {
    "/sitemap.xml": xml(index("/articles.xml.gz", "/more.xml", "/sitemap.xml")),
    "/more.xml": xml(index("/bridge.xml", "/more.xml")),
    "/articles.xml.gz": Answer(
        gzip.compress(urlset(url("/pier"), url("/ferry"), url("/old", LONG_AGO), url("/about", None))), "application/gzip"
    ),
    "/bridge.xml": xml(urlset(url("/bridge"), url("/pier"))),
}


@pytest.fixture
def taken(tmp_path):
    """Runs one feed of a site in the same installation as often as it is called; answers questions in SQL."""

    def run(site, *questions, path="/sitemap.xml", steps=STEPS):
        settings = site.settings(tmp_path / "state")
        settings = settings.model_copy(update={"connect_to": {**settings.connect_to, STORE: settings.connect_to[HOST]}})
        summary = ingest(settings, [Feed("paper", f"{SITE}{path}")], this_world(), force=True, steps=steps)
        with live(settings.live, wait_seconds=1) as connection:
            return summary, *(connection.execute(question).fetchall() for question in questions)

    return run


LAST_POLL = "select outcome, entry_count, passed_over, error from polls order by polled_at desc limit 1"
ENTRIES = "select entry_url, outcome, reason from entry_outcomes order by recorded_at, entry_url, outcome"
ASKED = "select requested_url from pages order by all"


def test_an_index_leads_to_the_articles_of_its_sitemaps_once_and_old_ones_are_not_fetched(taken):
    with paper_site({**PAGES, **INDEX}) as site:
        first, polls, asked = taken(site, LAST_POLL, ASKED)
        second, _ = taken(site, LAST_POLL)

    assert polls == [("ok", 4, 2, None)]
    assert first.entries == {"loaded": 3, "duplicate": 1}
    assert asked == [(f"{SITE}/{name}",) for name in ("bridge", "ferry", "pier")]
    assert second.entries == {"unchanged": 3, "duplicate": 1}


def test_what_a_sitemap_that_did_not_change_its_index_lists_anew_is_fetched(taken):
    with paper_site({**PAGES, "/sitemap.xml": xml(index("/a.xml", at=None)), "/a.xml": xml(urlset(url("/pier")))}) as site:
        taken(site)
        site.answers["/a.xml"] = xml(urlset(url("/pier"), url("/ferry")))
        second, _ = taken(site, LAST_POLL)

    assert second.entries == {"loaded": 1, "unchanged": 1}


def test_an_article_whose_lastmod_moved_is_fetched_again(taken):
    with paper_site({**PAGES, "/news.xml": xml(urlset(url("/pier", TODAY - timedelta(days=1)), url("/ferry")))}) as site:
        taken(site, path="/news.xml")
        site.answers["/pier"] = Answer(page("The pier story, corrected"))
        site.answers["/news.xml"] = xml(urlset(url("/pier"), url("/ferry")))
        second, _ = taken(site, LAST_POLL, path="/news.xml")

    assert second.entries == {"revised": 1, "unchanged": 1}


def test_what_a_news_sitemap_says_of_an_article_counts_as_a_feed_does(taken):
    mute = Answer(page("x").replace(b"<h1>x</h1>", b"").replace(b"<title>x</title>", b""))
    with paper_site({"/pier": mute, "/news.xml": xml(urlset(url("/pier", title="The pier, again"), is_news=True))}) as site:
        _, articles, entries = taken(
            site, "select title, published_source from articles_current", "select entry_title from entry_outcomes", path="/news.xml"
        )

    assert (articles, entries) == ([("The pier, again", "feed")], [("The pier, again",)])


def test_beside_news_sitemaps_the_others_of_an_index_are_not_read(taken):
    news = xml(urlset(url("/pier", title="The pier"), is_news=True))
    with paper_site({**PAGES, "/sitemap.xml": xml(index("/all.xml", "/news.xml")), "/news.xml": news}) as site:
        summary, polls = taken(site, LAST_POLL)

    assert polls == [("ok", 1, 0, None)], "all.xml is not there: it would be said"
    assert summary.entries == {"loaded": 1}


def test_a_sitemap_that_cannot_be_had_is_told_and_the_others_are_read(taken):
    answers = {**PAGES, "/sitemap.xml": xml(index("/gone.xml", "/a.xml", "/page.xml")), "/a.xml": xml(urlset(url("/pier")))}
    with paper_site({**answers, "/page.xml": Answer(page("No sitemap"))}) as site:
        summary, [(outcome, entries, _, error)] = taken(site, LAST_POLL)

    assert (outcome, entries, summary.entries) == ("ok", 1, {"loaded": 1})
    assert error == f"{SITE}/gone.xml: http_error HTTP 404; 1 more could not be read"


def test_an_index_none_of_whose_sitemaps_can_be_had_fails_like_a_feed(taken):
    with paper_site({"/sitemap.xml": xml(index("/gone.xml"))}) as site:
        _, polls, states = taken(site, LAST_POLL, "select state, failures from feed_states")

    assert polls == [("http_error", None, None, f"{SITE}/gone.xml: http_error HTTP 404")]
    assert states == [("backing_off", 1)]


@pytest.mark.parametrize(
    "place", ["http://other.test/a.xml", "http://127.0.0.1:1/a.xml", "http://169.254.169.254/latest", "http://[::1]/a.xml"]
)
def test_another_sites_sitemap_is_not_asked_for(taken, place):
    with paper_site({**PAGES, "/sitemap.xml": xml(index(place, "/a.xml")), "/a.xml": xml(urlset(url("/pier")))}) as site:
        summary, [(outcome, _, _, error)] = taken(site, LAST_POLL)

    assert (outcome, summary.entries) == ("ok", {"loaded": 1})
    assert error.endswith(place)


def test_a_private_address_is_refused_also_where_robots_txt_names_it(taken):
    inside = "http://10.0.0.1/a.xml"
    robots = Answer(f"User-agent: *\nAllow: /\nSitemap: {inside}\n".encode(), "text/plain")
    with paper_site({"/robots.txt": robots, "/sitemap.xml": xml(index(inside))}) as site:
        _, [(outcome, _, _, error)] = taken(site, LAST_POLL)

    assert outcome == "refused_address"
    assert inside in error


def test_another_sites_sitemap_is_read_where_robots_txt_names_it(taken):
    robots = Answer(f"User-agent: *\nAllow: /\nSitemap: http://{STORE}/a.xml\n".encode(), "text/plain")
    there = xml(index(f"http://{STORE}/a.xml", f"http://{STORE}/b.xml"))
    with paper_site({**PAGES, "/robots.txt": robots, "/sitemap.xml": there, "/a.xml": xml(urlset(url("/pier")))}) as site:
        summary, [(outcome, _, _, error)] = taken(site, LAST_POLL)

    assert (outcome, summary.entries) == ("ok", {"loaded": 1})
    assert error == f"1 left out as too many, too deep or another site's: http://{STORE}/b.xml"


def test_an_index_has_a_deadline_for_all_of_its_sitemaps():
    async def hang(_):
        await asyncio.Event().wait()

    async def nothing(_):
        return ()

    window = window_at(TODAY, timedelta(days=3))
    named = parse_feed(index("/a.xml", "/b.xml"), url=f"{SITE}/sitemap.xml", content_type=XML, limits=policy.FEED, window=window)
    reader = IndexReader(hang, hang, nothing, window, limits=replace(policy.SITEMAP, max_seconds=0.05))
    found, note = asyncio.run(reader.follow(named, url=f"{SITE}/sitemap.xml"))

    assert isinstance(found, Unread)
    assert (found.outcome, note) == ("timeout", f"{SITE}/sitemap.xml: timeout not all of its sitemaps were had in 0.05 s")


def test_robots_txt_forbids_sitemaps_too(taken):
    robots = Answer(b"User-agent: *\nDisallow: /hidden\n", "text/plain")
    with paper_site(
        {"/robots.txt": robots, "/sitemap.xml": xml(index("/hidden/a.xml")), "/hidden/a.xml": xml(urlset(url("/pier")))}
    ) as site:
        _, [(outcome, *_)] = taken(site, LAST_POLL)

    assert outcome == "robots"


def test_an_index_of_many_sitemaps_costs_a_bounded_number_of_requests(taken):
    answers = {f"/{number}.xml": xml(index(f"/{number + 1}.xml", f"/{number + 100}.xml")) for number in range(200)}
    with paper_site({**answers, "/sitemap.xml": xml(index(*(f"/{number}.xml" for number in range(0, 200, 7))))}) as site:
        _, [(outcome, entries, _, error)] = taken(site, LAST_POLL)

    assert (outcome, entries) == ("ok", 0)
    assert "left out as too many" in error


def test_a_bomb_in_a_sitemap_costs_only_that_one(taken):
    bomb, good = Answer(gzip.compress(bytes(60_000_000))), xml(urlset(url("/pier")))
    with paper_site({**PAGES, "/sitemap.xml": xml(index("/bomb.xml.gz", "/a.xml")), "/bomb.xml.gz": bomb, "/a.xml": good}) as site:
        summary, [(outcome, _, _, error)] = taken(site, LAST_POLL)

    assert (outcome, summary.entries) == ("ok", {"loaded": 1})
    assert "not_a_feed too_large" in error


def test_sitemaps_are_found_in_robots_txt_and_looked_into(tmp_path):
    robots = Answer(b"User-agent: *\nAllow: /\nSITEMAP:/sitemap.xml\nSitemap: /nothing.xml\n", "text/plain")
    front = Answer(b'<html><head><link rel=alternate type="application/rss+xml" href="/feed"></head><body>News</body></html>')
    with paper_site({**INDEX, "/": front, "/feed": xml(rss(item("/pier"))), "/robots.txt": robots}) as site:
        settings = site.settings(tmp_path)
        _, found = asyncio.run(discover(f"{SITE}/", settings, this_world()))
        look = asyncio.run(look_at(f"{SITE}/sitemap.xml", settings, this_world()))

    assert [(each.url, each.kind) for each in found] == [(f"{SITE}/feed", "rss"), (f"{SITE}/sitemap.xml", "sitemap index")]
    assert (look.outcome, look.kind, look.entries, look.passed_over, look.sitemaps) == ("ok", "sitemap index", 4, 2, 3)
