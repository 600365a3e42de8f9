"""What worker processes are told to call. Here stands nothing but its name.

A run's own process reads nothing, and a worker is no run: importing what only the other needs would cost each of them half a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.errors import NotAFeed

if TYPE_CHECKING:
    from collections.abc import Callable

    from tasks.errors import StageError
    from tasks.feeds.limits import FeedLimits
    from tasks.feeds.sitemap import Window
    from tasks.model import Article, ParsedFeed
    from tasks.text.job import PageJob


def make_article(job: PageJob) -> Article | StageError:
    """See tasks.text.article."""
    from tasks.text import article  # noqa: PLC0415 - in the worker

    return article.make_article(job)


def parse_feed(body: bytes, *, url: str, content_type: str | None, limits: FeedLimits, window: Window) -> ParsedFeed:
    """See tasks.feeds.parse."""
    from tasks.feeds import parse  # noqa: PLC0415 - in the worker

    return parse.parse_feed(body, url=url, content_type=content_type, limits=limits, window=window)


def as_value(parse: Callable[[], ParsedFeed]) -> ParsedFeed | NotAFeed:
    """The feed; a failure comes back as a value."""
    try:
        return parse()
    except NotAFeed as failure:
        return failure
