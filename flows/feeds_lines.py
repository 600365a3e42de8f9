"""Where in feeds.toml each feed stands: the line of its [[feeds]] header and of each of its keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_HEADER = re.compile(r"\s*\[\[\s*(?:feeds|\"feeds\"|'feeds')\s*\]\]\s*(?:#.*)?")
_OTHER_HEADER = re.compile(r"\s*\[")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one [[feeds]] table stands: the line of its header, and of each of its keys; lines count from 1."""

    line: int
    keys: Mapping[str, int]

    def of(self, key: str) -> int:
        """The line of a key, that of the header if it is not there."""
        return self.keys.get(key, self.line)

    @property
    def last_line(self) -> int:
        """The line of its last key."""
        return max(self.keys.values(), default=self.line)


def places_of(text: str) -> list[Place]:
    """One place per line that looks like a [[feeds]] header, in order: too many if one stands inside of a text over several lines."""
    places: list[Place] = []
    keys: dict[str, int] = {}
    in_feeds = False
    for number, line in enumerate(text.split("\n"), start=1):
        if _HEADER.fullmatch(line):
            keys, in_feeds = {}, True
            places.append(Place(number, keys))
        elif _OTHER_HEADER.match(line):
            in_feeds = False
        elif in_feeds and (key := key_in(line)) is not None:
            keys.setdefault(key, number)
    return places


def key_in(line: str) -> str | None:
    """The key that a line sets, if it sets one."""
    name, equals, _ = line.partition("=")
    return name.strip().strip("\"'") if equals and not name.lstrip().startswith("#") else None
