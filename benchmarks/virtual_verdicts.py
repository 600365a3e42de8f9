"""Which rule feeds of each kind must have kept, and whether they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.virtual_feeds import DAY, HOUR, KINDS, MINUTE
from benchmarks.virtual_polls import EVERY, Polled
from benchmarks.virtual_rules import (
    Judge,
    comes_back,
    falls_back,
    is_caught,
    is_noticed_empty,
    never_moves,
    never_parks,
    of_all,
    recovers,
    shows_gaps,
    skips,
    spaced,
    stays_missing,
    stays_moved,
    stays_parked,
    trusts_links,
)

EXPECTED: Mapping[str, tuple[str, Judge]] = {
    "busy": ("every 10 min, as often as runs come", spaced(EVERY, EVERY)),
    "slow": ("every 3 to 6 h", spaced(3 * HOUR, 6 * HOUR)),
    "silent": ("every 6 h", spaced(6 * HOUR, 6 * HOUR)),
    "in bursts": ("each loss is a gap", shows_gaps),
    "own bounds": ("every hour, as its owner wants", spaced(HOUR, HOUR)),
    "own longest": ("every 30 min, as its owner wants", spaced(30 * MINUTE, 30 * MINUTE)),
    "ttl 2 hours": ("every 2 h", spaced(2 * HOUR, 2 * HOUR)),
    "ttl ten years": ("every 6 h", spaced(6 * HOUR, 6 * HOUR)),
    "max-age 3 hours": ("every 3 h", spaced(3 * HOUR, 3 * HOUR)),
    "skips nights and Sundays": ("never due then", skips),
    "503 for 2 days": ("every 15 min to 6 h, well again after", recovers(2 * DAY, 6 * HOUR)),
    "429, Retry-After 5 h": ("every 5 to 6 h, well again after", recovers(3 * DAY, 6 * HOUR, shortest=5 * HOUR)),
    "unreachable for 4 days": ("charged to it, well again after", recovers(4 * DAY, 6 * HOUR)),
    "web page for 3 days": ("every 30 min to 12 h, well again after", recovers(3 * DAY, 12 * HOUR, shortest=30 * MINUTE)),
    "404 for ever": ("once a day, never given up", stays_missing),
    "410 for ever": ("parked a day after, once a week", stays_parked),
    "410 for 40 days": ("parked, alive within a week after", comes_back),
    "410 for 2 hours": ("never parked", never_parks),
    "moves": ("one move, a day after", stays_moved),
    "redirect that flips": ("no move", never_moves),
    "moves and dies there": ("back at its first address", falls_back),
    "lying 304": ("caught within 2 days, once a month", is_caught),
    "ids that churn": ("known by links after 2 reads", trusts_links),
    "empty for 2 days": ("noticed once", is_noticed_empty),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of the feeds of one kind. expected: for people. broken: one line each, feed and what is wrong."""

    kind: str
    feeds: int
    polls: int
    held: int
    expected: str
    broken: tuple[str, ...]


def judged(polled: Sequence[Polled]) -> list[Verdict]:
    """In the order of the kinds."""
    verdicts = []
    for kind in KINDS:
        own = [each for each in polled if each.feed.kind == kind.name]
        expected, judge = EXPECTED[kind.name]
        broken = [(each.feed.feed.feed_id, what) for each in own for what in (*of_all(each), *judge(each))]
        held = len(own) - len({feed_id for feed_id, _ in broken})
        lines = tuple(f"{feed_id}: {what}" for feed_id, what in broken)
        verdicts.append(Verdict(kind.name, len(own), sum(len(each.records) for each in own), held, expected, lines))
    return verdicts
