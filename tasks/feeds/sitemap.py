"""Sitemaps as feeds: their newest URLs are entries, and an index names further sitemaps.

Sources: sitemaps.org/protocol (50,000 URLs a file, lastmod in W3C date and time), and Google's extensions for news and images. A sitemap
lists all that a site ever had, so unlike a feed's items most of its URLs are passed over, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from tasks.errors import NotAFeed
from tasks.feeds.adapt import LONGEST_NAME, language, short, unique
from tasks.feeds.dates import LONGEST_DATE, moment
from tasks.feeds.limits import FeedLimits
from tasks.feeds.plain_text import plain_text
from tasks.feeds.xml_source import OPAQUE
from tasks.model import Entry, ParsedFeed, SitemapPart
from tasks.text.metadata.dates import url_date
from tasks.urls import absolute, canonical_url

SITEMAP, NEWS_SITEMAP, SITEMAP_INDEX = "sitemap", "news sitemap", "sitemap index"
ROOTS = {"urlset": "url", "sitemapindex": "sitemap"}
"""Root element -> the element that it lists."""

DAY_ENDS = timedelta(hours=36)  # after it began in UTC: the last zone's day is over (UTC-12)
AHEAD = timedelta(days=3)  # a date that lies further ahead is a mistake

Element = Any
"""lxml ships no types."""
Said = dict[tuple[str, str], Element]
"""The children of a URL: (family, name) -> the first of that name."""

_LISTED = re.compile(rf"{OPAQUE}|<(?:[A-Za-z_][\w.-]*:)?(?P<listed>url|sitemap)(?=[\s/>])[^<>]*>", re.DOTALL)
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_/]?(0[1-9]|1[0-2])(?:[-_/]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_DECEMBER = 12
_ASKED_FOR_NAMES = 100
"""URLs in which the name and language of the publication are looked for."""


@dataclass(frozen=True, slots=True)
class Window:
    """What of a sitemap is taken: the newest `most` URLs of those dated between `since` and a little after `now`."""

    now: datetime
    since: datetime
    most: int


def is_sitemap(root: Element) -> bool:
    """Whether it is the root of a sitemap or an index."""
    return _name(root)[1] in ROOTS


def read_sitemap(root: Element, *, text: str | None, url: str, limits: FeedLimits, window: Window | None) -> ParsedFeed:
    """The sitemap or index in that tree. text: its source, if that had to be mended. window: None takes all.

    Raises NotAFeed: not_xml (URLs got lost in mending), too_large (more than `limits.max_entries`).
    """
    listed = [each for each in root.iter() if _name(each) == ("", ROOTS[_name(root)[1]])]
    if text is not None and sum(1 for found in _LISTED.finditer(text) if found["listed"]) > len(listed):
        raise NotAFeed(url, "not_xml", f"the XML is broken, and only {len(listed)} of its URLs can be read")
    if len(listed) > limits.max_entries:
        raise NotAFeed(url, "too_large", f"{len(listed):,} URLs, at most {limits.max_entries:,} are read")
    if _name(root)[1] == "sitemapindex":
        return ParsedFeed(SITEMAP_INDEX, None, None, None, 0, (), parts=tuple(_parts(listed, url)))
    return _urls(root, list(map(_said, listed)), url=url, limits=limits, window=window)


def newest(entries: Sequence[Entry], window: Window) -> tuple[Entry, ...]:
    """The newest that the window lets in, in their order, numbered anew."""
    dated = [(at, -place) for place, entry in enumerate(entries) if (at := _newness(entry, window)) is not None and at >= window.since]
    chosen = sorted(-place for _, place in sorted(dated, reverse=True)[: window.most])
    return tuple(replace(entries[place], position=position) for position, place in enumerate(chosen))


def _urls(root: Element, listed: list[Said], *, url: str, limits: FeedLimits, window: Window | None) -> ParsedFeed:
    every = [_entry(said, position=position, url=url, limits=limits) for position, said in enumerate(listed)]
    entries = newest(every, window) if window else tuple(every)
    publications = [publication for said in listed[:_ASKED_FOR_NAMES] if (publication := _publication(said))]
    names = (_text(each, ("news", "name"), LONGEST_NAME) for each in publications)
    is_news = bool(publications) or any("sitemap-news" in namespace for namespace in root.nsmap.values())
    return ParsedFeed(
        kind=NEWS_SITEMAP if is_news else SITEMAP,
        title=plain_text(next(filter(None, names), None), limit=LONGEST_NAME, markup=False),
        language=next(filter(None, map(_language, publications)), None),
        home_url=None,
        entry_count=len(entries),
        entries=entries,
        passed_over=len(listed) - len(entries),
    )


def _newness(entry: Entry, window: Window) -> datetime | None:
    """By when an entry was news at the latest: by its date of publication, else the one in its address, else its last change.

    A page that only changed is no news where it says when it was published. Dates in the future say nothing.
    """
    in_path = url_date(entry.url or "")
    stated = (
        _latest(entry.published_at, entry.published_on),
        _latest(None, in_path.on if in_path else None),
        _latest(entry.updated_at, entry.updated_on),
    )
    return next((each for each in stated if each is not None and each <= window.now + AHEAD + DAY_ENDS), None)


def _entry(said: Said, *, position: int, url: str, limits: FeedLimits) -> Entry:
    news, image = _within(said, ("news", "news")), _within(said, ("image", "image"))
    picture = absolute(url, _text(image, ("image", "loc"), LONGEST_NAME * 4) or "")
    published_at, published_on = moment(_text(news, ("news", "publication_date"), LONGEST_DATE))
    updated_at, updated_on = moment(_text(said, ("", "lastmod"), LONGEST_DATE))
    return Entry(
        position=position,
        url=_address(said, url),
        title=plain_text(_text(news, ("news", "title"), limits.max_field_chars), limit=limits.max_field_chars, markup=False),
        published_at=published_at,
        updated_at=updated_at,
        language=_language(_publication(said)),
        tags=unique(each.strip() for each in (_text(news, ("news", "keywords"), LONGEST_NAME) or "").split(","))[: limits.max_list_items],
        image_url=picture if picture and canonical_url(picture) else None,
        published_on=published_on,
        updated_on=updated_on,
    )


def _parts(listed: list[Element], url: str) -> list[SitemapPart]:
    """Each sitemap once. The period that stands in its address bounds what an index says of its last change."""
    found: dict[str, SitemapPart] = {}
    for said in map(_said, listed):
        address = _address(said, url)
        if address and canonical_url(address):
            bounds = [each for each in (_latest(*moment(_text(said, ("", "lastmod"), LONGEST_DATE))), _period_ends(address)) if each]
            found.setdefault(address, SitemapPart(address, min(bounds, default=None)))
    return list(found.values())


def _period_ends(address: str) -> datetime | None:
    """When the month or day is over everywhere that an address like `/sitemap-2026-11.xml` names last; None where it names none."""
    found = next(iter(reversed(list(_PERIOD.finditer(address)))), None)
    if found is None:
        return None
    year, month, on = int(found[1]), int(found[2]), int(found[3] or 0)
    try:
        last = date(year, month, on) if on else date(year + month // _DECEMBER, month % _DECEMBER + 1, 1) - timedelta(days=1)
    except ValueError:
        return None
    return _latest(None, last)


def _latest(at: datetime | None, on: date | None) -> datetime | None:
    """The latest instant that is meant; a day lasts until it is over everywhere."""
    return at or (datetime.combine(on, time(), UTC) + DAY_ENDS if on else None)


def _address(said: Said, url: str) -> str | None:
    location = _text(said, ("", "loc"), LONGEST_NAME * 4)
    return short(absolute(url, location) or location) if location else None


def _publication(said: Said) -> Said:
    return _within(_within(said, ("news", "news")), ("news", "publication"))


def _language(publication: Said) -> str | None:
    return language(_text(publication, ("news", "language"), LONGEST_NAME))


def _said(element: Element) -> Said:
    said: Said = {}
    for child in element:
        said.setdefault(_name(child), child)
    return said


def _within(said: Said, name: tuple[str, str]) -> Said:
    """The children of the child of that name, none where there is no such child."""
    return _said(said[name]) if name in said else {}


def _text(said: Said, name: tuple[str, str], limit: int) -> str | None:
    element = said.get(name)
    return "".join(element.itertext())[:limit].strip() or None if element is not None else None


def _name(element: Element) -> tuple[str, str]:
    """(family, local name): news and image are Google's extensions, by namespace or else by prefix; all else is the protocol's own: ""."""
    namespace, _, local = element.tag.rpartition("}") if isinstance(element.tag, str) else ("", "", "")
    prefix = (element.prefix or local.rpartition(":")[0]).lower()
    family = next((each for each in ("news", "image") if f"sitemap-{each}/" in namespace or prefix == each), "")
    return family, local.rpartition(":")[2]
