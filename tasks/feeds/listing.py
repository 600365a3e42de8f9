"""A feed as a list of feeds names it, before it is checked: a row of a CSV file, an outline of an OPML file, a line of a call."""

from __future__ import annotations

from dataclasses import dataclass

from tasks.urls import canonical_url, url_key

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

    name: what the list calls it, for people. line: where in the list it stands, from 1; outlines are counted, not lines.
    """

    url: str
    feed_id: str | None = None
    publisher: str | None = None
    language: str | None = None
    country: str | None = None
    paused: bool = False
    name: str | None = None
    line: int = 1


@dataclass(frozen=True, slots=True)
class FeedList:
    """A list as read. bad: line and what is wrong with it, for people. notes: what of the list is not kept."""

    feeds: tuple[FeedListing, ...]
    bad: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
