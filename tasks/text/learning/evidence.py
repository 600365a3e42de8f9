"""How much of it there must be before something that recurs becomes a rule, and what state the rule is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.text.learning.learned import State

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

MIN_ARTICLES = 3  # of a publisher; fewer teach nothing
MISSES = 5  # a rule that stood in every k-th article is retired after k * MISSES articles without it: chance alone does that in 1 of 150
MIN_GAP = 30  # articles


@dataclass(frozen=True, slots=True)
class Threshold:
    """How many of a publisher's articles must show something: at least `support`, and `share` of them, or `enough` whatever the share.

    days: on which it must have been seen, of those that are known. strict: also where the publisher's articles span fewer.
    """

    support: int
    share: float
    enough: int | None = None
    days: int = 2
    strict: bool = False

    def needed(self, articles: int) -> float:
        """In how many of so many articles something must stand."""
        needed = max(self.support, self.share * articles)
        return needed if self.enough is None else min(needed, self.enough)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a rule: support articles of `articles`; the days they are known of; articles since the last one that showed it."""

    support: int
    articles: int
    days: tuple[date, ...]
    missing_for: int

    @classmethod
    def of(cls, shown_by: Collection[int], days: Sequence[date | None]) -> Evidence:
        """shown_by: places in the publisher's articles, oldest first. days: of those articles."""
        known = sorted({day for at in shown_by if (day := days[at])})
        return cls(len(shown_by), len(days), tuple(known), len(days) - 1 - max(shown_by))


def state(evidence: Evidence, threshold: Threshold, publisher_days: int) -> State | None:
    """None: too little to believe anything. publisher_days: how many days its articles are known to span."""
    needed = threshold.needed(evidence.articles)
    if evidence.support < max(2, needed / 2):
        return None
    days = threshold.days if threshold.strict else min(threshold.days, publisher_days)
    if evidence.support < needed or len(evidence.days) < days:
        return State.SHADOW
    gap = max(MIN_GAP, MISSES * evidence.articles / evidence.support)
    return State.RETIRED if evidence.missing_for >= gap else State.ACTIVE
