from __future__ import annotations

import pytest

from tasks.feeds.listing import feed_key

ADDRESS = "https://feeds.paper.test/World"


@pytest.mark.parametrize(
    "spelling",
    [
        "http://feeds.paper.test/World",
        "https://www.feeds.paper.test/World",
        "https://FEEDS.paper.test:443/World/",
        "https://feeds.paper.test/World?format=xml",
        "https://feeds.paper.test/World?fmt=XML&utm_source=opml",
        "https://feeds.paper.test/World?alt=rss#top",
    ],
)
def test_one_feed_has_one_key_however_its_address_is_spelt(spelling: str) -> None:
    assert feed_key(spelling) == feed_key(ADDRESS)


@pytest.mark.parametrize("other", ["/world", "/World/2", "/World?id=7", "/World?format=long", "/World?format=xml&id=7"])
def test_what_chooses_another_feed_keeps_them_apart(other: str) -> None:
    assert feed_key(f"https://feeds.paper.test{other}") != feed_key(ADDRESS)
