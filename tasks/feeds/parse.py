"""Bytes that a feed's URL answered with -> a feed: RSS 0.9x, 1.0, 2.0 and Atom through feedparser, JSON Feed, sitemaps."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import feedparser

from tasks.errors import NotAFeed
from tasks.feeds.adapt import adapted, language, names, short
from tasks.feeds.encoding import feed_text
from tasks.feeds.home_page import without_home_page
from tasks.feeds.jsonfeed import parse_json_feed
from tasks.feeds.limits import FeedLimits
from tasks.feeds.own_page import with_own_addresses
from tasks.feeds.pace import publisher_pace
from tasks.feeds.plain_text import plain_text
from tasks.feeds.reduce import ReducedFeed, reduced
from tasks.feeds.sitemap import Window, is_sitemap, read_sitemap
from tasks.feeds.unpack import unpacked
from tasks.feeds.xml_source import read_xml
from tasks.model import ParsedFeed
from tasks.urls import canonical_url

_READER_FAILURES = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What feedparser may raise on values that it does not expect."""

_DECLARATION = b"<?xml version='1.0' encoding='utf-8'?>\n"


def parse_feed(body: bytes, *, url: str, content_type: str | None, limits: FeedLimits, window: Window | None = None) -> ParsedFeed:
    """The feed in that body: one Entry per item of the source, in its order. Broken XML is mended where no item gets lost by it.

    url: where it came from after redirects; relative links are resolved against it and `xml:base`. content_type: the header, or None.
    window: what of a sitemap is taken, None for all of it. The body may be a gzip file, as sitemaps are.
    Raises NotAFeed and nothing else. A feed with more than `limits.max_entries` items is refused: a part of it would be a silent loss.
    """
    text = feed_text(unpacked(body, url=url, max_bytes=limits.max_body_bytes), content_type)
    start = text.lstrip()[:1]
    if not start:
        raise NotAFeed(url, "empty")
    if start in {"{", "["} or (start != "<" and "json" in (content_type or "").lower()):
        feed = parse_json_feed(text, url=url, limits=limits)
    else:
        feed = _parse_xml_feed(text, url=url, limits=limits, window=window)
    entries = tuple(without_home_page(entry, feed_url=url, home_url=feed.home_url) for entry in feed.entries)
    return replace(feed, entries=with_own_addresses(entries, feed_url=url))


def _parse_xml_feed(text: str, *, url: str, limits: FeedLimits, window: Window | None) -> ParsedFeed:
    root, started = read_xml(text, url)
    if is_sitemap(root):
        return read_sitemap(root, text=text if started is not None else None, url=url, limits=limits, window=window)
    pace = publisher_pace(root)
    source = reduced(root, url=url, limits=limits)
    if started is not None and started > source.entry_count:
        raise NotAFeed(url, "not_xml", f"the XML is broken, and only {source.entry_count} of its {started} items can be read")
    result = _read(source, url)
    if len(result["entries"]) != source.entry_count:
        raise NotAFeed(url, "not_xml", f"the feed reader found {len(result['entries'])} of {source.entry_count} items")
    home = next((link.get("href") for link in result["feed"].get("links", ()) if link.get("rel") == "alternate" and link.get("href")), None)
    feed_authors = names(result["feed"])[: limits.max_list_items]
    return ParsedFeed(
        kind=source.kind,
        title=plain_text(result["feed"].get("title"), limit=limits.max_field_chars),
        language=language(dict.get(result["feed"], "language")),
        home_url=short(home) if home and canonical_url(home) else None,
        entry_count=source.entry_count,
        entries=tuple(
            adapted(dict(fields), position=position, kind=source.kind, feed_authors=feed_authors, limits=limits)
            for position, fields in enumerate(result["entries"])
        ),
        pace=pace,
    )


def _read(source: ReducedFeed, url: str) -> Any:  # noqa: ANN401 - feedparser is not typed
    """Feedparser's result. A stream, never bytes or text: those it may take for the name of a file or a URL to open."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            io.BytesIO(_DECLARATION + source.xml), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except _READER_FAILURES as cause:
        raise NotAFeed(url, "not_xml", f"the feed reader gave up: {type(cause).__name__}") from cause
