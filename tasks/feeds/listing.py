"""A feed as a list of feeds names it, before it is checked: a row of a CSV file, an outline of an OPML file, a line of a call."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.urls import canonical_url, url_key

_MINUTES = re.compile(r"\d{1,9}")

_FORMATS = frozenset({f"{name}={value}" for name in ("format", "fmt", "alt") for value in ("xml", "rss", "rss2", "rss20", "atom")})
"""Parameters that choose how one feed is written (FeedBurner's and Blogger's documentation), never which."""


def feed_key(url: str) -> str:
    """What is the same for two addresses of one feed: neither scheme, `www.`, closing slash, tracking parameters nor format matter."""
    address, _, query = url_key(canonical_url(url) or url).partition("?")
    parameters = [each for each in query.split("&") if each and each.lower() not in _FORMATS]
    return address + ("?" + "&".join(parameters) if parameters else "")


@dataclass(frozen=True, slots=True)
class FeedListing:
    """One feed of a list. None: the list does not say.

    min_interval_minutes, max_interval_minutes: bounds of the time between two polls. name: what the list calls it, for people.
    line: where in the list it stands, from 1; outlines are counted, not lines.
    """

    url: str
    feed_id: str | None = None
    publisher: str | None = None
    language: str | None = None
    country: str | None = None
    paused: bool = False
    min_interval_minutes: int | None = None
    max_interval_minutes: int | None = None
    name: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class FeedList:
    """A list as read. bad: line and what is wrong with it, for people. notes: what of the list is not kept."""

    feeds: tuple[FeedListing, ...]
    bad: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()


def minutes_in(value: str | None) -> int | None:
    """A number of minutes as a list writes it; None if there is none, -1, which no feed may have, if it is no whole number."""
    if not value:
        return None
    return int(value) if _MINUTES.fullmatch(value) else -1
