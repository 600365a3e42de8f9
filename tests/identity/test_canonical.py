"""When a page's rel=canonical is believed."""

from __future__ import annotations

import pytest

from tasks.canonical import article_url
from tasks.text.article import make_article
from tasks.text.job import PageJob

TEXT = "<p>The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after a crack was found in its hull.</p>"


def address(here: str, named: str) -> str:
    head = f'<head><title>Ferry returns</title><link rel="canonical" href="{named}"></head>'
    page = f"<html lang=en>{head}<body><article><h1>Ferry returns</h1>{TEXT * 3}</article></body></html>"
    return article_url(here, make_article(PageJob(page.encode(), "text/html", here, None, 60)))


@pytest.mark.parametrize(
    ("here", "named"),
    [
        ("https://paper.test/ferry-returns?from=feed", "https://paper.test/ferry-returns"),
        ("https://paper.test/ferry-returns/amp/", "https://paper.test/ferry-returns"),
        ("https://paper.test/ferry-returns/2", "https://paper.test/ferry-returns"),
        ("https://paper.test/ferry-returns/index.html", "https://paper.test/ferry-returns"),
        ("https://paper.test/sport/ferry-returns", "https://www.paper.test/islands/ferry-returns"),
        ("https://paper.test/story.php?id=7&from=feed", "https://paper.test/story.php?id=7"),
        ("https://paper.test/ferry-returns?id=4711", "https://paper.test/4711/ferry-returns"),
    ],
)
def test_another_address_of_the_same_page_is_believed(here: str, named: str) -> None:
    assert address(here, named) == named


@pytest.mark.parametrize(
    ("here", "named"),
    [
        ("https://paper.test/story.php?id=7", "https://paper.test/story.php"),
        ("https://paper.test/story.php?id=7", "https://paper.test/story.php?id=8"),
        ("https://paper.test/ferry-returns?id=471", "https://paper.test/4711/ferry-returns"),
        ("https://paper.test/local-news/ferry-returns", "https://paper.test/local-news"),
        ("https://paper.test/local-news/ferry", "https://paper.test/local-news"),
        ("https://paper.test/20260301/ferry", "https://paper.test/20260301"),
        ("https://paper.test/news#!/ferry-returns", "https://paper.test/news"),
        ("https://paper.test/ferry-returns", "https://paper.test/"),
        ("https://paper.test/ferry-returns", "https://other.test/ferry-returns"),
        ("https://paper.test/ferry-returns", "https://paper.test/another-story"),
        ("https://paper.test/ferry-returns", "http://[::1"),
    ],
)
def test_what_would_make_one_article_of_many_is_not(here: str, named: str) -> None:
    assert address(here, named) == here
