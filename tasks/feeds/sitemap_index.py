"""Which of the sitemaps that an index names are worth asking for, and what they come to together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tasks.feeds.sitemap import NEWS_SITEMAP, SITEMAP_INDEX, Window, newest
from tasks.model import ParsedFeed, SitemapPart

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def worth_reading(parts: Sequence[SitemapPart], window: Window) -> tuple[SitemapPart, ...]:
    """Those that may hold something new, the most promising first: named after news, then by their last change, then undated ones.

    Undated ones keep the order of the index.
    """
    new = [part for part in parts if part.changed_by is None or part.changed_by >= window.since]
    return tuple(sorted(new, key=lambda part: (not named_after_news(part), _LONG_AGO - (part.changed_by or _LONG_AGO))))


def named_after_news(part: SitemapPart) -> bool:
    """Whether its address says that it is a news sitemap."""
    return "news" in urlsplit(part.url).path.lower()


def together(read: Sequence[ParsedFeed], window: Window) -> ParsedFeed:
    """The sitemaps of an index as one source, from which no more is taken than from one sitemap.

    Where some are news sitemaps only those count: the others list the same articles with less said of them, and pages that are none.
    """
    news = [each for each in read if each.kind == NEWS_SITEMAP]
    taken = news or list(read)
    entries = tuple(entry for each in taken for entry in each.entries)
    if len(entries) > window.most:
        entries = newest(entries, window)
    return ParsedFeed(
        kind=SITEMAP_INDEX,
        title=next((each.title for each in taken if each.title), None),
        language=next((each.language for each in taken if each.language), None),
        home_url=None,
        entry_count=len(entries),
        entries=tuple(replace(entry, position=position) for position, entry in enumerate(entries)),
        passed_over=sum(each.entry_count + each.passed_over for each in read) - len(entries),
    )
