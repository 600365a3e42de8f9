from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.canonical import article_url
from tasks.feeds.own_page import own_page
from tasks.model import Entry, ParsedFeed
from tasks.text.article import make_article
from tasks.text.job import PageJob

Parse = Callable[..., ParsedFeed]

STORY = "".join(f"<p>The ferry broke down {when}, and the harbour master had it towed to the old pier before noon.</p>" for when in "abcd")
TEASER = "The ferry broke down again on Monday, and it is not known when it will sail. " * 2
ADDRESS = "entry://paper.test/feeds/world.xml/id:7"


def url_of(parse: Parse, item: str) -> str | None:
    (entry,) = parse(f"<rss><channel><link>https://paper.test/</link><item>{item}</item></channel></rss>").entries
    return entry.url


@pytest.mark.parametrize(
    "link", ["", "<link>https://paper.test/</link>", "<link>mailto:a@paper.test</link>", "<link>entry://bank.test/feed/1</link>"]
)
def test_an_entry_that_leads_to_no_page_and_brings_its_text_has_an_address_of_its_own(parse: Parse, link: str) -> None:
    assert url_of(parse, f'<guid isPermaLink="false">7</guid>{link}<description><![CDATA[{STORY * 2}]]></description>') == ADDRESS


@pytest.mark.parametrize(
    ("item", "url"),
    [
        (f"<guid isPermaLink='false'>7</guid><description>{TEASER}</description>", None),
        ("<link>entry://bank.test/feed/1</link>", None),
        (f"<link>https://paper.test/7</link><description><![CDATA[{STORY * 2}]]></description>", "https://paper.test/7"),
    ],
)
def test_an_announcement_has_none_and_a_page_comes_first(parse: Parse, item: str, url: str | None) -> None:
    assert url_of(parse, item) == url


def test_its_text_is_read_like_a_page_and_flagged(parse: Parse) -> None:
    entry = Entry(0, "7", ADDRESS, "Ferry < pier", content_html=STORY)

    article = make_article(PageJob(own_page(entry), "text/html", entry.url, entry, seconds=60.0))

    assert (article.title, article.word_count, article.flags) == ("Ferry < pier", 72, ("text_of_feed",))  # type: ignore[union-attr]


def test_its_text_cannot_claim_another_address() -> None:
    entry = Entry(0, "7", ADDRESS, "Ferry", content_html=f'<link rel="canonical" href="https://bank.test/other-story-77777">{STORY}')
    article = make_article(PageJob(own_page(entry), "text/html", entry.url, entry, seconds=60.0))

    assert article_url(ADDRESS, article) == ADDRESS  # type: ignore[arg-type]
