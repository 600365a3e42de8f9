"""What is odd about a publisher's newest articles: rules that no longer find anything, and a removed share unlike the one before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING

from tasks.text.learning.evidence import MIN_GAP, MISSES
from tasks.text.learning.learned import Feature, State
from tasks.text.learning.publisher import UNDATED, is_left, kind_of
from tasks.text.learning.sightings import LEARNED
from tasks.text.learning.standing import standing
from tasks.text.words import word_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from tasks.text.learning.learned import LearnedRule
    from tasks.text.learning.sightings import Sighting

NEWEST = 10  # articles whose removed share is compared
BEFORE = 20  # articles that it takes to know what is usual
CHANGE = 0.15  # of an article's words, between the two medians
TIMES = 2.0  # and that many times as much, or as little


class AlarmKind(StrEnum):
    """Silent: an active rule finds nothing any more. Jumped, fell: the removed share of an article's words."""

    SILENT = "silent"
    JUMPED = "jumped"
    FELL = "fell"


@dataclass(frozen=True, slots=True)
class Alarm:
    """since: day of the first article that is odd, None if not known. articles: how many are odd.

    before, now: of a silent rule the share of articles that showed it; else the median share of words removed from an article.
    """

    publisher_id: str
    kind: AlarmKind
    rule_id: str | None
    since: date | None
    articles: int
    before: float
    now: float


def alarms(sightings: Iterable[Sighting], rules: Iterable[LearnedRule]) -> tuple[Alarm, ...]:
    """Of every publisher, in order of publisher, kind and rule. rules: those in force; only active ones count."""
    by_publisher: defaultdict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_publisher[sighting.publisher_id].append(sighting)
    active = [rule for rule in rules if rule.state is State.ACTIVE]
    found: list[Alarm] = []
    for publisher, seen in by_publisher.items():
        seen.sort(key=lambda sighting: (sighting.day or UNDATED, sighting.article))
        found += _silent(seen, [rule for rule in active if rule.publisher_id == publisher])
        found += _changed(seen)
    return tuple(sorted(found, key=lambda alarm: (alarm.publisher_id, alarm.kind, alarm.rule_id or "")))


def _silent(seen: Sequence[Sighting], rules: Sequence[LearnedRule]) -> list[Alarm]:
    """Rules that the newest articles do not show, so many of them that chance does not explain it."""
    last: dict[str, int] = {}
    for at, sighting in enumerate(seen):
        for key in _keys(sighting):
            last[key] = at
    found = []
    for rule in rules:
        at = last.get(rule.key.partition("@")[0] if rule.feature is not Feature.PLACE else rule.key, -1)
        missing, before = len(seen) - 1 - at, rule.support / rule.articles
        if missing >= max(MIN_GAP, MISSES / before):
            found.append(Alarm(rule.publisher_id, AlarmKind.SILENT, rule.rule_id, seen[at + 1].day, missing, before, 0.0))
    return found


def _keys(sighting: Sighting) -> set[str]:
    """The keys of the rules that would find something in it, wherever in the text that is."""
    blocks = [standing(block, kind_of(block)) for block in sighting.blocks]
    return {f"{block.mask:016x}" for block in blocks} | {block.place for block in blocks}


def _changed(seen: Sequence[Sighting]) -> list[Alarm]:
    """The median share of the newest articles against that of those before."""
    if len(seen) < BEFORE + NEWEST:
        return []
    shares = [_removed_share(sighting) for sighting in seen]
    before, now = median(shares[:-NEWEST]), median(shares[-NEWEST:])
    low, high = sorted((before, now))
    if high - low < CHANGE or high < TIMES * low:
        return []
    kind = AlarmKind.JUMPED if now > before else AlarmKind.FELL
    return [Alarm(seen[0].publisher_id, kind, None, seen[-NEWEST].day, NEWEST, before, now)]


def _removed_share(sighting: Sighting) -> float:
    """Words of the article that learned rules took, of those that other rules left to them; 0 to 1."""
    left = [(block, word_count(block.text)) for block in sighting.blocks if is_left(block)]
    taken = sum(words for block, words in left if (block.rule_id or "").startswith(LEARNED))
    return taken / max(1, sum(words for _, words in left))
