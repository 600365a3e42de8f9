"""OPML 2.0 (https://opml.org/spec2.opml): a list of feeds read without trust, and written with our settings in a namespace."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from lxml import etree

from tasks.errors import NotAFeed, NotAList
from tasks.feeds.encoding import feed_text, without_controls
from tasks.feeds.limits import FeedLimits
from tasks.feeds.listing import FeedList, FeedListing, minutes_in
from tasks.feeds.xml_source import read_xml

NAMESPACE = "urn:feedmill:opml:1"
"""Of our own attributes: id, publisher, language, country, paused, minIntervalMinutes, maxIntervalMinutes."""

_OPAQUE = r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)"
_OUTLINE_START = re.compile(rf"{_OPAQUE}|<(?P<outline>outline)(?=[\s/>])", re.DOTALL | re.IGNORECASE)
_FLATTENED = "folders are not kept: their feeds stand side by side"
_LONGEST_NAME = 200
_SHORTEST, _LONGEST = "minIntervalMinutes", "maxIntervalMinutes"

Element = Any
"""lxml ships no types."""


def read_opml(body: bytes, *, source: str, limits: FeedLimits) -> FeedList:
    """The feeds of an OPML file, in its order, out of whatever folders. An outline without feed is a folder or a note, and passed over.

    source: what to call the file in errors. Raises NotAList.
    """
    if len(body) > limits.max_body_bytes:
        raise NotAList(source, "too_large", f"{len(body):,} bytes, at most {limits.max_body_bytes:,} are read")
    text = feed_text(body, None)
    try:
        root, _ = read_xml(text, source)
    except NotAFeed as cause:
        raise NotAList(source, cause.reason, cause.detail) from cause
    if _local(root) != "opml":
        raise NotAList(source, "other_xml", f"the root element is <{_local(root)[:40]}>, not <opml>")
    outlines = _outlines(root, source, limits)
    started = sum(1 for found in _OUTLINE_START.finditer(text) if found["outline"])
    if len(outlines) < started:
        raise NotAList(source, "not_xml", f"the XML is broken, and only {len(outlines)} of its {started} outlines can be read")
    listings = [
        _listing(outline, number)
        for number, (outline, _) in enumerate(outlines, start=1)
        if _attribute(outline, "xmlurl") or (_attribute(outline, "type") or "").lower() in {"rss", "atom"}
    ]
    nested = any(_attribute(outline, "xmlurl") and depth > 1 for outline, depth in outlines)
    return FeedList(tuple(listings), notes=(_FLATTENED,) if nested else ())


def write_opml(listings: Iterable[FeedListing]) -> bytes:
    """An OPML 2.0 file that other readers take, and that `read_opml` reads back without loss."""
    root = etree.Element("opml", version="2.0", nsmap={"feedmill": NAMESPACE})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "feedmill"
    body = etree.SubElement(root, "body")
    for listing in listings:
        name = without_controls(listing.publisher or listing.url)
        outline = etree.SubElement(body, "outline", type="rss", text=name, title=name, xmlUrl=listing.url)
        if listing.language:
            outline.set("language", listing.language)
        ours = {"id": listing.feed_id, "publisher": listing.publisher, "language": listing.language, "country": listing.country}
        ours["paused"] = "true" if listing.paused else None
        ours |= {name: None if minutes is None else str(minutes) for name, minutes in _bounds_of(listing).items()}
        for key, value in ours.items():
            if value is not None:
                outline.set(f"{{{NAMESPACE}}}{key}", without_controls(value))
    written: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return written


def _bounds_of(listing: FeedListing) -> dict[str, int | None]:
    return {_SHORTEST: listing.min_interval_minutes, _LONGEST: listing.max_interval_minutes}


def _outlines(root: Element, source: str, limits: FeedLimits) -> list[tuple[Element, int]]:
    """Every outline with its depth (1: not in another one), in document order."""
    found: list[tuple[Element, int]] = []
    waiting = [(root, 1, 0)]
    while waiting:
        element, depth, outer = waiting.pop()
        if depth > limits.max_depth:
            raise NotAList(source, "too_deep", f"elements are nested deeper than {limits.max_depth}")
        if _local(element) == "outline":
            outer += 1
            found.append((element, outer))
            if len(found) > limits.max_entries:
                raise NotAList(source, "too_large", f"more than {limits.max_entries:,} outlines")
        waiting += [(child, depth + 1, outer) for child in reversed(element)]
    return found


def _listing(outline: Element, number: int) -> FeedListing:
    def own(key: str) -> str | None:
        return outline.get(f"{{{NAMESPACE}}}{key}") or None

    url, name = _attribute(outline, "xmlurl") or "", _attribute(outline, "title") or _attribute(outline, "text")
    return FeedListing(
        url=url,
        feed_id=own("id"),
        publisher=own("publisher"),
        language=own("language"),
        country=own("country"),
        paused=own("paused") == "true",
        min_interval_minutes=minutes_in(own(_SHORTEST)),
        max_interval_minutes=minutes_in(own(_LONGEST)),
        name=name[:_LONGEST_NAME] if name and name not in {url, own("publisher")} else None,
        line=number,
    )


def _attribute(outline: Element, name: str) -> str | None:
    """An attribute in any spelling of its name: files have xmlUrl, xmlurl and xmlURL."""
    return next((value.strip() for key, value in outline.attrib.items() if key.lower() == name and value.strip()), None)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
