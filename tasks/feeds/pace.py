"""How often a feed's publisher says that it may change.

RSS 2.0: `ttl`, `skipHours`, `skipDays` (rssboard.org/rss-specification). RSS 1.0 module Syndication: `updatePeriod`, `updateFrequency`
(web.resource.org/rss/1.0/modules/syndication), which Atom feeds carry too. JSON Feed and Atom say nothing of their own.
"""

from __future__ import annotations

import re
from typing import Any

from tasks.model import FeedPace

Element = Any
"""lxml ships no types."""

MOST_SECONDS = 10 * 366 * 86_400
"""Nobody means more than ten years."""

_SYNDICATION = "http://purl.org/rss/1.0/modules/syndication"
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_DAYS = {
    name: number for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"), start=1)
}
_NUMBER = re.compile(r"\s*(\d{1,9})\s*")
_HOURS = 24
_MOST_LISTED = 50


def publisher_pace(root: Element) -> FeedPace:
    """What the feed's own elements say; values that make no sense are passed over. root: of the whole tree."""
    said = [(child, _local(child)) for holder in (root, *_channels(root)) for child in holder]
    return FeedPace(
        least_seconds=max(filter(None, (_ttl(said), _period(said))), default=None),
        skip_hours=tuple(
            sorted({hour % _HOURS for hour in map(_number, _listed(said, "skiphours")) if hour is not None and hour <= _HOURS})
        ),
        skip_days=tuple(sorted({_DAYS[day] for each in _listed(said, "skipdays") if (day := _text(each).lower()) in _DAYS})),
    )


def _channels(root: Element) -> list[Element]:
    return [child for child in root if _local(child) == "channel"][:1]


def _ttl(said: list[tuple[Element, str]]) -> int | None:
    """Minutes that the feed may be kept, in seconds."""
    minutes = next((_number(child) for child, name in said if name == "ttl"), None)
    return min(minutes * 60, MOST_SECONDS) if minutes else None


def _period(said: list[tuple[Element, str]]) -> int | None:
    """Seconds from one update to the next: the period, by how many updates it has; one unless said."""
    own = {name: child for child, name in reversed(said) if _namespace(child) == _SYNDICATION}
    if "updateperiod" not in own:
        return None
    frequency = _number(own["updatefrequency"]) if "updatefrequency" in own else None
    seconds = _PERIODS.get(_text(own["updateperiod"]).lower(), 0)
    return seconds // (frequency or 1) or None


def _listed(said: list[tuple[Element, str]], name: str) -> list[Element]:
    return [child for holder, found in said if found == name for child in holder][:_MOST_LISTED]


def _number(element: Element) -> int | None:
    found = _NUMBER.fullmatch(_text(element))
    return int(found[1]) if found else None


def _text(element: Element) -> str:
    return (element.text or "")[:100].strip()


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _namespace(element: Element) -> str:
    return element.tag[1:].partition("}")[0].lower().rstrip("/#") if isinstance(element.tag, str) and element.tag.startswith("{") else ""
