"""Where the feeds of a site may be: what its page links to, what its robots.txt names, and where feeds usually lie.

Sources: https://html.spec.whatwg.org/multipage/links.html#link-type-alternate (a feed is an alternate with a type of feeds),
sitemaps.org/protocol ("Specifying the Sitemap location in your robots.txt file").
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree, html

from tasks.feeds.encoding import feed_text
from tasks.urls import absolute, canonical_url, url_key

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"})
USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/feed.json", "/news-sitemap.xml", "/sitemap.xml")
"""What site software serves when it is asked for its feed."""

_SITEMAP_LINE = re.compile(r"^\s*sitemap\s*:\s*(\S+)", re.IGNORECASE)

_MARKS = ("rss", "feed", "atom")
_LONGEST_PAGE = 2_000_000

Element = Any
"""lxml ships no types."""


def linked_feeds(body: bytes, *, url: str, content_type: str | None, limit: int) -> tuple[str, ...]:
    """Absolute URLs that a page names as its feeds: alternates in order, then links whose address looks like a feed; each once.

    url: where the page came from. limit: how many at most. Empty for what is no page.
    """
    text = feed_text(body[:_LONGEST_PAGE], content_type)
    try:
        root = html.document_fromstring(text.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False))
    except (etree.ParserError, etree.XMLSyntaxError):
        return ()
    base = next((each.get("href") for each in root.iter("base") if each.get("href")), None)
    origin = (absolute(url, base) or url) if base else url
    named = [each.get("href") for each in root.iter("link") if _is_alternate_feed(each)]
    looking = [each.get("href") for each in root.iter("a") if _looks_like_feed(each.get("href") or "")]
    return distinct([link for href in [*named, *looking] if href and (link := absolute(origin, href))], limit=limit)


def declared_sitemaps(robots: bytes, *, url: str, limit: int) -> tuple[str, ...]:
    """Absolute URLs that a robots.txt names as sitemaps, each once, those named after news first. url: of the robots.txt."""
    lines = robots.decode("utf-8-sig", errors="replace").splitlines()
    named = [link for line in lines if (found := _SITEMAP_LINE.match(line)) and (link := absolute(url, found[1]))]
    return distinct(sorted(named, key=lambda link: "news" not in link.lower()), limit=limit)


def usual_places(url: str) -> tuple[str, ...]:
    """Where the feeds of that URL's host usually lie."""
    return tuple(place for path in USUAL_PATHS if (place := absolute(url, path)))


def distinct(urls: list[str], *, limit: int) -> tuple[str, ...]:
    """Those that can be fetched, each once, the first of them."""
    seen: dict[str, str] = {}
    for each in urls:
        if (canonical := canonical_url(each)) is not None:
            seen.setdefault(url_key(canonical), each)
    return tuple(seen.values())[:limit]


def _is_alternate_feed(link: Element) -> bool:
    rel = (link.get("rel") or "").lower().split()
    kind = (link.get("type") or "").partition(";")[0].strip().lower()
    return kind in FEED_TYPES and ("alternate" in rel or "feed" in rel)


def _looks_like_feed(href: str) -> bool:
    path = href.partition("?")[0].lower().rstrip("/")
    return path.endswith((".rss", ".atom", ".rdf")) or any(part in _MARKS for part in path.split("/")[-2:])
