"""Entries that bring their article themselves (RSS 2.0, "Elements of <item>"): they lead to no page, or to one that cannot be had.

One that leads nowhere gets an address of its own, `entry://HOST/PATH-OF-THE-FEED/KEY`, under which it goes the way of every other page.
What stands in for a page is read under `entry://` and the page's own address without its scheme.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote, urlsplit

from tasks.feeds.cut_off import is_cut_off
from tasks.feeds.plain_text import as_html, plain_text
from tasks.identity import clashing_ids, entry_keys
from tasks.model import Entry
from tasks.urls import canonical_url, url_key

SCHEME = "entry://"
FEWEST_CHARACTERS = 100
"""Of a content that is an article."""
FEWEST_CHARACTERS_OF_SUMMARY = 500
"""Of a summary that is an article, and not the announcement of one; of any text of a feed that stands in for a page."""


def is_own_address(url: str | None) -> bool:
    """Whether it names an entry of a feed instead of a page."""
    return url is not None and url.startswith(SCHEME)


def with_own_addresses(entries: Sequence[Entry], *, feed_url: str) -> tuple[Entry, ...]:
    """The entries, those with an address of their own that lead nowhere and bring their text. No feed can give such an address itself."""
    leading_nowhere = {place for place, entry in enumerate(entries) if canonical_url(entry.url or "") is None}
    if not leading_nowhere:
        return tuple(entries)
    keys = entry_keys(entries, clashing_ids(entries))
    return tuple(_addressed(entry, keys[place], feed_url) if place in leading_nowhere else entry for place, entry in enumerate(entries))


def address_in_place_of(url: str) -> str:
    """Under which the text of a feed stands in for the page at that URL."""
    return SCHEME + url_key(canonical_url(url) or url)


def stands_in(entry: Entry) -> bool:
    """Whether what the feed brings is the article whole, as far as one can see: longer than summaries are, and not cut off."""
    text = plain_text(entry.content_html, limit=len(entry.content_html or "")) or entry.summary or ""
    return len(text) >= FEWEST_CHARACTERS_OF_SUMMARY and not is_cut_off(text)


def own_page(entry: Entry) -> bytes:
    """The page of an entry that brings its text: headline and text, as UTF-8."""
    headline = f"<h1>{html.escape(entry.title)}</h1>" if entry.title else ""
    head = f"<head><meta charset=utf-8><title>{html.escape(entry.title or '')}</title></head>"
    page = f"<!doctype html><html>{head}<body><article>{headline}{_own_text(entry) or ''}</article></body></html>"
    return page.encode("utf-8", errors="replace")


def _addressed(entry: Entry, key: str, feed_url: str) -> Entry:
    feed = urlsplit(canonical_url(feed_url) or "")
    if feed.netloc and _own_text(entry) is not None:
        return replace(entry, url=f"{SCHEME}{feed.netloc}{feed.path.rstrip('/')}/{quote(key, safe=':')}")
    return replace(entry, url=None) if is_own_address(entry.url) else entry


def _own_text(entry: Entry) -> str | None:
    """The article as HTML, if the feed brings it."""
    content = plain_text(entry.content_html, limit=len(entry.content_html or "")) or ""
    if len(content) >= FEWEST_CHARACTERS:
        return entry.content_html
    return as_html(entry.summary) if len(entry.summary or "") >= FEWEST_CHARACTERS_OF_SUMMARY else None
