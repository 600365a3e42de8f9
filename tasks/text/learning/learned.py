"""Rules that were learned for one publisher, and how they are looked up while one of its pages is cleaned."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Self

from xxhash import xxh3_64_hexdigest

from tasks.text.learning.sightings import LEARNED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tasks.text.learning.evidence import Evidence

MAX_CHARS = 600


class Feature(StrEnum):
    """What of a block recurs: its masked text anywhere; its masked text before or after the prose; the place in the page it stands at."""

    TEXT = "text"
    EDGE = "edge"
    PLACE = "place"


class State(StrEnum):
    """Shadow: believed, not yet obeyed. Active: obeyed. Retired: so long not seen in the publisher's articles that it is gone."""

    SHADOW = "shadow"
    ACTIVE = "active"
    RETIRED = "retired"


REASONS = {
    Feature.TEXT: "the same words recur in its publisher's articles",
    Feature.EDGE: "the same words recur before or after the text of its publisher's articles",
    Feature.PLACE: "this place of the page is beside the text in its publisher's articles",
}


@dataclass(frozen=True, slots=True)
class LearnedRule:
    """One thing that recurs on a publisher's pages.

    rule_id: `learned-text-…`, stable over snapshots. key: the masked hash in hex, followed at an edge by `@start` or `@end`; or the place.
    support: articles it was seen in, of `articles` looked at, on `days` days. example: the beginning of a block that it takes.
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

    @classmethod
    def of(cls, publisher: str, state: State, evidence: Evidence, *, feature: Feature, key: str, example: str) -> Self:
        """A rule with the evidence for it."""
        name = xxh3_64_hexdigest(key.encode()) if feature is Feature.PLACE else key.replace("@", "-")
        days = evidence.days
        return cls(
            f"{LEARNED}{feature.value}-{name}", publisher, feature, key, state, evidence.support, evidence.articles,
            len(days), days[0] if days else None, days[-1] if days else None, example,
        )  # fmt: skip

    @property
    def reason(self) -> str:
        """For people: what recurs. How often is not of it: it grows with every article, and a ledger must not."""
        return REASONS[self.feature]


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What the ledger says of a block that a learned rule takes."""

    rule_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Learned:
    """One publisher's active rules, frozen: by masked hash for texts that go anywhere, before and after the prose; by place."""

    anywhere: dict[int, Obeyed]
    start: dict[int, Obeyed]
    end: dict[int, Obeyed]
    places: dict[str, Obeyed]

    @classmethod
    def of(cls, rules: Iterable[LearnedRule]) -> Self:
        """Those of the rules that are to be obeyed."""
        learned = cls({}, {}, {}, {})
        for rule in rules:
            if rule.state is not State.ACTIVE:
                continue
            obeyed = Obeyed(rule.rule_id, rule.reason)
            if rule.feature is Feature.PLACE:
                learned.places[rule.key] = obeyed
            else:
                mask, _, edge = rule.key.partition("@")
                {"": learned.anywhere, "start": learned.start, "end": learned.end}[edge][int(mask, 16)] = obeyed
        return learned
