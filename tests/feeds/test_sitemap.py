from __future__ import annotations

import gzip
from datetime import UTC, date, datetime, timedelta

import pytest

from tasks.errors import NotAFeed
from tasks.feeds.limits import FeedLimits
from tasks.feeds.parse import parse_feed
from tasks.feeds.sitemap import Window
from tasks.feeds.sitemap_index import together, worth_reading
from tasks.model import ParsedFeed, SitemapPart

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
WINDOW = Window(NOW, NOW - timedelta(days=3), most=10)
LIMITS = FeedLimits(max_body_bytes=100_000, max_depth=30, max_entries=50, max_field_chars=5_000, max_list_items=5)
PLAIN = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="{PLAIN}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://paper.test/pier?a=1&amp;b=2</loc><lastmod>2026-11-22T09:30:00Z</lastmod>
  <news:news><news:publication><news:name>The Paper</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-11-22T10:00:00+01:00</news:publication_date><news:title>The pier &lt;again&gt; &amp; again</news:title>
    <news:keywords>pier, harbour , pier</news:keywords></news:news>
  <image:image><image:loc>/pier.jpg</image:loc></image:image></url>
<url><loc>https://paper.test/day</loc><news:news><news:publication_date>2026-11-21</news:publication_date></news:news></url>
</urlset>"""


def read(body: str | bytes, window: Window | None = WINDOW, content_type: str | None = None) -> ParsedFeed:
    raw = body.encode() if isinstance(body, str) else body
    return parse_feed(raw, url="https://paper.test/sitemap.xml", content_type=content_type, limits=LIMITS, window=window)


def urlset(*urls: str) -> str:
    return f'<urlset xmlns="{PLAIN}">{"".join(f"<url>{each}</url>" for each in urls)}</urlset>'


def index(*urls: str) -> str:
    return f'<sitemapindex xmlns="{PLAIN}">{"".join(f"<sitemap>{each}</sitemap>" for each in urls)}</sitemapindex>'


def dated(name: str, lastmod: str) -> str:
    return f"<loc>https://paper.test/{name}</loc><lastmod>{lastmod}</lastmod>"


def taken(feed: ParsedFeed) -> list[str]:
    return [(entry.url or "").rpartition("/")[2] for entry in feed.entries]


def test_a_news_sitemap_gives_entries_with_all_that_it_says_of_them() -> None:
    feed = read(NEWS)
    first, second = feed.entries

    assert (feed.kind, feed.title, feed.language, feed.entry_count, feed.passed_over) == ("news sitemap", "The Paper", "en", 2, 0)
    assert (first.url, first.title, first.language) == ("https://paper.test/pier?a=1&b=2", "The pier <again> & again", "en")
    assert (first.published_at, first.updated_at) == (NOW - timedelta(hours=1), NOW - timedelta(minutes=30))
    assert (first.tags, first.image_url) == (("pier", "harbour"), "https://paper.test/pier.jpg")
    assert (second.published_at, second.published_on, second.title) == (None, date(2026, 11, 21), None)


@pytest.mark.parametrize("spelt", ["", ":"])
def test_prefixes_are_read_whether_declared_or_not(spelt: str) -> None:
    undeclared = NEWS.replace(' xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', "")
    prefixed = undeclared.replace("<url>", "<s:url>").replace("</url>", "</s:url>").replace("loc>", "s:loc>").replace("image:s:", "image:")

    assert [entry.title for entry in read(prefixed if spelt else undeclared).entries] == ["The pier <again> & again", None]


def test_only_what_is_new_is_taken_and_the_rest_is_counted() -> None:
    feed = read(urlset(dated("old", "2016-11-22T10:00:00Z"), dated("new", "2026-11-20T10:00:00Z"), dated("day", "2026-11-18")))

    assert (taken(feed), feed.entry_count, feed.passed_over) == (["new", "day"], 2, 1)
    assert read(urlset(dated("old", "2016-11-22")), window=None).entry_count == 1


@pytest.mark.parametrize(
    "url",
    [
        "<loc>https://paper.test/about</loc>",
        dated("month", "2026-11"),
        dated("yesterday", "yesterday"),
        dated("empty", "1970-01-01T00:00:00Z"),
        dated("ahead", "2027-11-22T10:00:00Z"),
        "",
    ],
)
def test_what_is_undated_or_dated_far_ahead_is_passed_over(url: str) -> None:
    assert (read(urlset(url)).entry_count, read(urlset(url)).passed_over) == (0, 1)


def test_a_page_that_only_changed_is_no_news_where_it_says_when_it_was_published() -> None:
    restamped = dated("2016/05/03/flood", "2026-11-22T09:00:00Z")
    news = NEWS.replace("2026-11-22T10:00:00+01:00", "2016-05-03T10:00:00+01:00")

    assert taken(read(urlset(restamped, dated("2026/11/21/pier", "2016-01-01")))) == ["pier"]
    assert taken(read(news)) == ["day"]


def test_of_many_new_urls_the_newest_are_taken_in_the_order_of_the_file() -> None:
    urls = [dated(f"{number}", f"2026-11-22T0{number % 7}:00:00Z") for number in range(40)]
    feed = read(urlset(*urls))

    assert (feed.entry_count, feed.passed_over) == (10, 30)
    assert taken(feed) == ["5", "6", "12", "13", "19", "20", "26", "27", "33", "34"]


@pytest.mark.parametrize("content_type", ["application/gzip", "application/xml", None])
def test_a_gzip_file_is_read_whatever_its_type(content_type: str | None) -> None:
    assert read(gzip.compress(NEWS.encode()), content_type=content_type) == read(NEWS)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (gzip.compress(bytes(100_001)), "too_large"),
        (gzip.compress(NEWS.encode())[:-20], "bad_gzip"),
        (b"\x1f\x8bnothing", "bad_gzip"),
        (urlset(*[dated("x", "2026-11-22")] * 51), "too_large"),
        (index(*[dated("x", "2026-11-22")] * 51), "too_large"),
        (f'<!DOCTYPE urlset [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>{urlset("<loc>&b;</loc>")}', "entities"),
        (urlset(dated("a", "2026-11-22"), dated("b", "2026-11-22")).replace("</url>", "</urlset></url>", 1), "not_xml"),
    ],
)
def test_what_is_too_large_broken_or_a_bomb_is_refused(body: str | bytes, reason: str) -> None:
    with pytest.raises(NotAFeed) as refused:
        read(body)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    "broken",
    [
        urlset(dated("a", "2026-11-22"), dated("b", "2026-11-22")).removesuffix("</url></urlset>"),
        urlset(dated("a", "2026-11-22"), dated("b", "2026-11-22")).replace("</url>", "", 1),
        urlset(dated("a?x=1&y=2", "2026-11-22"), dated("b", "2026-11-22")),
    ],
)
def test_a_broken_sitemap_keeps_all_its_urls(broken: str) -> None:
    assert len(read(broken).entries) == 2


def test_an_index_names_its_sitemaps_once_each_with_the_latest_that_they_changed() -> None:
    feed = read(
        index(
            dated("a.xml", "2026-11-22T09:00:00Z"),
            "<loc>/b.xml.gz</loc>",
            "<loc>/b.xml.gz</loc>",
            "<loc>javascript:x</loc>",
            dated("2016-05.xml", "2026-11-22T09:00:00Z"),
        )
    )

    assert (feed.kind, feed.entry_count) == ("sitemap index", 0)
    assert feed.parts == (
        SitemapPart("https://paper.test/a.xml", NOW - timedelta(hours=1)),
        SitemapPart("https://paper.test/b.xml.gz", None),
        SitemapPart("https://paper.test/2016-05.xml", datetime(2016, 6, 1, 12, tzinfo=UTC)),
    )


def test_of_an_index_the_news_come_first_then_what_changed_last_and_old_sitemaps_not_at_all() -> None:
    parts = [
        SitemapPart("https://paper.test/first.xml", None),
        SitemapPart("https://paper.test/old.xml", NOW - timedelta(days=4)),
        SitemapPart("https://paper.test/day.xml", NOW - timedelta(days=1)),
        SitemapPart("https://paper.test/hour.xml", NOW),
        SitemapPart("https://paper.test/second.xml", None),
        SitemapPart("https://paper.test/news/1.xml", None),
    ]

    found = [part.url.removeprefix("https://paper.test/") for part in worth_reading(parts, WINDOW)]
    assert found == ["news/1.xml", "hour.xml", "day.xml", "first.xml", "second.xml"]


def test_where_an_index_has_news_sitemaps_the_others_do_not_count() -> None:
    news, plain = read(NEWS), read(urlset(dated("about", "2026-11-22"), dated("old", "2016-11-22")))

    assert taken(together([plain, news], WINDOW)) == taken(news)
    assert together([plain, news], WINDOW).passed_over == 2


def test_from_all_sitemaps_of_an_index_no_more_is_taken_than_from_one() -> None:
    files = [read(urlset(*(dated(f"{hour}-{place}", f"2026-11-22T0{hour}:00:00Z") for place in range(4)))) for hour in (1, 9, 5)]
    whole = together(files, WINDOW)

    assert (whole.entry_count, whole.passed_over) == (10, 2)
    assert taken(whole) == ["1-0", "1-1", *(f"{hour}-{place}" for hour in (9, 5) for place in range(4))]
    assert [entry.position for entry in whole.entries] == list(range(10))
