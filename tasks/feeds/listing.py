"""A feed as a list of feeds names it, before it is checked: a row of a CSV file, an outline of an OPML file, a line of a call."""

from __future__ import annotations

from dataclasses import dataclass


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
