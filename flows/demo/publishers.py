"""The invented publishers: one file each in publishers/, with its markup, its habits and the cases it stands for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta, timezone
from importlib.resources import files
from typing import Any

from flows.demo.cases import Case
from flows.demo.story import Part


@dataclass(frozen=True, slots=True)
class FeedAddress:
    """Where a feed stands. kind: rss, atom, rdf or json. moved_from: the old path, which is the configured one, or None.

    every: the feed carries each article whose number is divisible by it. tracking: query added to every second link, or None.
    broken_title: whether the title holds bytes that are not UTF-8.
    """

    kind: str
    path: str
    moved_from: str | None = None
    every: int = 1
    tracking: str | None = None
    broken_title: bool = False


@dataclass(frozen=True, slots=True)
class WireCopy:
    """An article that copies an agency's story. edit: 0 prints it whole, 1 and 2 each cut another sentence; the headlines differ."""

    story: str
    ordinal: int
    edit: int


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher's profile.

    path: pattern of an article's path. id_style: permalink, tag or number. declares: which of json_ld and meta its pages carry; whether
    there is a <time> is up to the markup.
    order: the pieces of an article in page order. newsletter_after: number of body lines before the prompt, 0 for none inside.
    tails: the markup of its "News" and "Dismiss" tails. markup: part -> pattern; wrap: group of parts -> pattern around them.
    new: how many articles appear in rounds 1, 2 and 3.
    """

    host: str
    name: str
    language: str
    country: str
    zone: timezone
    feeds: tuple[FeedAddress, ...]
    path: str
    id_style: str
    declares: frozenset[str]
    compressed: bool
    order: tuple[str, ...]
    newsletter_after: int
    tails: str
    page: str
    markup: Mapping[Part, str]
    wrap: Mapping[str, str]
    new: tuple[int, int, int]
    cases: Mapping[Case, frozenset[int]]
    wires: tuple[WireCopy, ...]

    def cases_of(self, ordinal: int) -> frozenset[Case]:
        """The cases that the article of that number is in."""
        agency = {Case.AGENCY} if self.wire_of(ordinal) else set()
        return frozenset(case for case, ordinals in self.cases.items() if ordinal in ordinals) | agency

    def wire_of(self, ordinal: int) -> WireCopy | None:
        """What the article of that number copies, or None."""
        return next((wire for wire in self.wires if wire.ordinal == ordinal), None)


def read_publishers() -> tuple[Publisher, ...]:
    """All bundled publishers, ordered by host."""
    folder = files(__package__).joinpath("publishers")
    tables = [tomllib.loads(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(sorted((_publisher(table) for table in tables), key=lambda publisher: publisher.host))


def _publisher(table: dict[str, Any]) -> Publisher:
    first, second, third = table["new"]
    return Publisher(
        host=table["host"],
        name=table["name"],
        language=table["language"],
        country=table["country"],
        zone=timezone(timedelta(hours=table["utc_offset_hours"])),
        feeds=tuple(FeedAddress(**feed) for feed in table["feeds"]),
        path=table["path"],
        id_style=table["id_style"],
        declares=frozenset(table["declares"]),
        compressed=table["compressed"],
        order=tuple(table["order"]),
        newsletter_after=table["newsletter_after"],
        tails=table["tails"],
        page=table["page"],
        markup={Part(part): pattern for part, pattern in table["markup"].items()},
        wrap=table["wrap"],
        new=(first, second, third),
        cases={Case(case): frozenset(ordinals) for case, ordinals in table["cases"].items()},
        wires=tuple(WireCopy(**wire) for wire in table.get("wires", ())),
    )
