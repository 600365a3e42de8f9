from __future__ import annotations

import pytest

from tasks.feeds.discover import linked_feeds, usual_places

PAGE = """<!doctype html><html><head>
<link rel="stylesheet" href="/style.css">
<link rel="alternate" hreflang="de" href="/de/">
<link rel="ALTERNATE" type="application/rss+xml; charset=utf-8" title="All" href="/all.xml">
<link rel="alternate" type="application/atom+xml" href="https://feeds.paper.test/world">
<link rel="alternate" type="application/feed+json" href="feed.json">
<link rel="alternate" type="application/rss+xml" href="http://www.paper.test/all.xml">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body><a href="/sport/rss">Sport</a> <a href="/about">About us</a> <a href="/feedback">Feedback</a></body></html>"""


def found(page: str | bytes, *, url="https://paper.test/news/", limit=10):
    return linked_feeds(page.encode() if isinstance(page, str) else page, url=url, content_type="text/html", limit=limit)


def test_alternates_come_first_then_links_that_look_like_feeds_each_once():
    assert found(PAGE) == (
        "https://paper.test/all.xml",
        "https://feeds.paper.test/world",
        "https://paper.test/news/feed.json",
        "https://paper.test/sport/rss",
    )


def test_no_more_than_the_limit_are_named():
    assert found("".join(f'<a href="/{number}.rss">x</a>' for number in range(1_000)), limit=3) == (
        "https://paper.test/0.rss",
        "https://paper.test/1.rss",
        "https://paper.test/2.rss",
    )


def test_addresses_are_resolved_against_the_base_of_the_page():
    assert found('<base href="https://cdn.test/x/"><a href="news.rss">x</a>') == ("https://cdn.test/x/news.rss",)


@pytest.mark.parametrize("page", ["", "no page at all", b"\x00\xff\xfe" * 100, "<div>" * 100_000, '<a href="http://[">x</a>'])
def test_what_names_no_feed_names_none(page):
    assert found(page) == ()


def test_feeds_usually_lie_at_the_root_of_the_host():
    places = usual_places("https://paper.test/news/today?x=1")

    assert places[0] == "https://paper.test/feed"
    assert all(place.startswith("https://paper.test/") for place in places)
    assert len(places) < 10
