"""Rules that were learned for one publisher, and how they are looked up while one of its pages is cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from tasks.text.learning.sightings import masked_hash

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

MAX_CHARS = 600


class Feature(StrEnum):
    """What of a block recurs: its masked text anywhere; its masked text so many blocks from an edge; the place in the page it stands at."""

    TEXT = "text"
    EDGE = "edge"
    PLACE = "place"


class State(StrEnum):
    """Shadow: believed, not yet obeyed. Active: obeyed. Retired: not seen for so many of the publisher's days that it is gone."""

    SHADOW = "shadow"
    ACTIVE = "active"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class LearnedRule:
    """One thing that recurs on a publisher's pages.

    rule_id: `learned-text-…`, stable over snapshots. key: the masked hash in hex, or the path. support: articles it was seen in, of
    `articles` looked at, on `days` days. example: the beginning of a block that it takes.
    """

    rule_id: str
    publisher_id: str
    feature: Feature
    key: str
    state: State
    support: int
    articles: int
    days: int
    first_day: date | None
    last_day: date | None
    example: str


@dataclass(frozen=True, slots=True)
class Learned:
    """One publisher's active rules, frozen."""

    texts: dict[int, str]

    @classmethod
    def of(cls, rules: Iterable[LearnedRule]) -> Self:
        """Those of the rules that are to be obeyed."""
        active = [rule for rule in rules if rule.state is State.ACTIVE]
        return cls({int(rule.key, 16): rule.rule_id for rule in active if rule.feature is Feature.TEXT})

    def rule_for(self, text: str) -> str | None:
        """The rule that takes a block, or None."""
        return self.texts.get(masked_hash(text)) if len(text) <= MAX_CHARS else None
