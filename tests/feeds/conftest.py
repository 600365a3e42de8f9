from __future__ import annotations

from collections.abc import Callable

import pytest

from tasks.feeds.limits import FeedLimits
from tasks.feeds.parse import parse_feed
from tasks.model import ParsedFeed

Parse = Callable[..., ParsedFeed]


@pytest.fixture(scope="session")
def limits() -> FeedLimits:
    return FeedLimits(max_body_bytes=100_000, max_depth=30, max_entries=50, max_field_chars=5_000, max_list_items=5)


@pytest.fixture(scope="session")
def parse(limits: FeedLimits) -> Parse:
    """parse_feed on text or bytes from https://paper.test/feeds/world.xml."""

    def parsed(body: str | bytes, content_type: str | None = None) -> ParsedFeed:
        raw = body.encode() if isinstance(body, str) else body
        return parse_feed(raw, url="https://paper.test/feeds/world.xml", content_type=content_type, limits=limits)

    return parsed
