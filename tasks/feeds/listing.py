"""A feed as a list of feeds names it, before it is checked: a row of a CSV file, an outline of an OPML file, a line of a call."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MINUTES = re.compile(r"\d{1,9}")


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
