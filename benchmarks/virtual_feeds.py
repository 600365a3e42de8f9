"""Feeds with faults of every kind, as servers in virtual time: asked at an instant, they answer as a publisher's server would."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tasks.model import Feed, FeedPace, Hop, Validators

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SAYS_NOTHING = FeedPace()
START = datetime(2026, 3, 2, tzinfo=UTC)
"""A Monday."""


@dataclass(frozen=True, slots=True)
class Answer:
    """failed: why nobody answered, None if somebody did. entries: (id, link) of each. is_html: a web page came in place of a feed."""

    status: int = 200
    entries: tuple[tuple[str, str], ...] = ()
    etag: str | None = None
    hops: tuple[Hop, ...] = ()
    pace: FeedPace = SAYS_NOTHING
    retry_after: timedelta | None = None
    fresh_for: timedelta | None = None
    is_html: bool = False
    failed: str | None = None


@dataclass(slots=True)
class VirtualFeed:
    """One feed. published: when each of its entries came, in order. holds: so many of the newest it shows. fault_at: its fault begins."""

    kind: str
    feed: Feed
    published: Sequence[datetime]
    holds: int
    fault_at: datetime
    answer: Callable[[VirtualFeed, datetime, str], Answer] = field(repr=False)

    def ask(self, at: datetime, url: str, sent: Validators) -> Answer:
        """What comes at that instant from that address."""
        answer = self.answer(self, at, url)
        if answer.status == 200 and answer.etag is not None and answer.etag == sent.etag:
            return replace(answer, status=304, entries=())
        return answer

    def held(self, at: datetime) -> tuple[tuple[str, str], ...]:
        """What it shows at that instant, newest first."""
        count = bisect_right(self.published, at)
        return tuple((f"id-{n}", f"https://{self.feed.feed_id}.test/{n}") for n in range(count - 1, max(-1, count - 1 - self.holds), -1))

    def well(self, at: datetime) -> Answer:
        """An honest answer."""
        entries = self.held(at)
        return Answer(entries=entries, etag=f'"{entries[0][0] if entries else ""}"')

    @property
    def elsewhere(self) -> str:
        """Where it moves to, if it does."""
        return f"{self.feed.url}/new"


def well(feed: VirtualFeed, at: datetime, url: str) -> Answer:
    del url
    return feed.well(at)


def during(length: timedelta, **faulty: object) -> Callable[[VirtualFeed, datetime, str], Answer]:
    """Well, but for that long after its fault began it answers so."""

    def answer(feed: VirtualFeed, at: datetime, url: str) -> Answer:
        del url
        return Answer(**faulty) if feed.fault_at <= at < feed.fault_at + length else feed.well(at)  # type: ignore[arg-type]

    return answer


def saying(**said: object) -> Callable[[VirtualFeed, datetime, str], Answer]:
    """Well, and with that in each answer."""
    return lambda feed, at, url: replace(well(feed, at, url), **said)  # type: ignore[arg-type]


def moves(feed: VirtualFeed, at: datetime, url: str) -> Answer:
    """From its fault on, its first address leads to another one for good."""
    if url == feed.feed.url and at >= feed.fault_at:
        return replace(feed.well(at), hops=(Hop(url, 301, feed.elsewhere),))
    return feed.well(at)


def flips(feed: VirtualFeed, at: datetime, url: str) -> Answer:
    """It redirects permanently in every other stretch of ten hours."""
    return moves(feed, at, url) if (at - START) // (10 * HOUR) % 2 else feed.well(at)


def moves_and_dies(feed: VirtualFeed, at: datetime, url: str) -> Answer:
    """It moves; ten days later the new place is gone, and the first one answers itself again."""
    if at < feed.fault_at + 10 * DAY:
        return moves(feed, at, url)
    return feed.well(at) if url == feed.feed.url else Answer(404)


def lies(feed: VirtualFeed, at: datetime, url: str) -> Answer:
    """From its fault on, its validator never changes."""
    honest = well(feed, at, url)
    return replace(honest, etag='"same"') if at >= feed.fault_at else honest


def churns(feed: VirtualFeed, at: datetime, url: str) -> Answer:
    """From its fault on, its entries have new ids each hour."""
    honest = replace(well(feed, at, url), etag=None)
    if at < feed.fault_at:
        return honest
    return replace(honest, entries=tuple((f"{entry_id}-{at:%d%H}", link) for entry_id, link in honest.entries))


def empties(feed: VirtualFeed, at: datetime, url: str) -> Answer:
    """For two days after its fault it holds nothing."""
    return Answer() if feed.fault_at <= at < feed.fault_at + 2 * DAY else well(feed, at, url)


@dataclass(frozen=True, slots=True)
class Kind:
    """every: mean time between entries. holds: entries shown. bursts: how many come at once now and then, beside the others."""

    name: str
    answer: Callable[[VirtualFeed, datetime, str], Answer]
    every: timedelta
    holds: int = 30
    bursts: int = 0
    shortest: int | None = None
    longest: int | None = None
    shares_domain: bool = False


KINDS = (
    Kind("busy", well, 4 * MINUTE, holds=60),
    Kind("slow", well, 3 * DAY),
    Kind("silent", well, 10_000 * DAY),
    Kind("in bursts", well, 12 * HOUR, holds=10, bursts=40),
    Kind("own bounds", well, 4 * MINUTE, holds=100, shortest=60, longest=120),
    Kind("own longest", well, 3 * DAY, longest=30),
    Kind("ttl 2 hours", saying(pace=FeedPace(7_200)), 10 * MINUTE, holds=60),
    Kind("ttl ten years", saying(pace=FeedPace(10 * 366 * 86_400)), 10 * MINUTE, holds=200),
    Kind("max-age 3 hours", saying(fresh_for=3 * HOUR), 10 * MINUTE, holds=60),
    Kind("skips nights and Sundays", saying(pace=FeedPace(None, (0, 1, 2, 3, 4), (7,))), 20 * MINUTE, holds=200),
    Kind("503 for 2 days", during(2 * DAY, status=503), HOUR),
    Kind("429, Retry-After 5 h", during(3 * DAY, status=429, retry_after=5 * HOUR), HOUR),
    Kind("unreachable for 4 days", during(4 * DAY, failed="timeout"), HOUR, shares_domain=True),
    Kind("web page for 3 days", during(3 * DAY, is_html=True), HOUR),
    Kind("404 for ever", during(10_000 * DAY, status=404), HOUR),
    Kind("410 for ever", during(10_000 * DAY, status=410), HOUR),
    Kind("410 for 40 days", during(40 * DAY, status=410), HOUR),
    Kind("410 for 2 hours", during(2 * HOUR, status=410), HOUR),
    Kind("moves", moves, HOUR),
    Kind("redirect that flips", flips, HOUR),
    Kind("moves and dies there", moves_and_dies, HOUR),
    Kind("lying 304", lies, HOUR, holds=100),
    Kind("ids that churn", churns, 2 * HOUR),
    Kind("empty for 2 days", empties, HOUR),
)


def feeds_of(kinds: Sequence[Kind], count: int, days: int, seed: int) -> list[VirtualFeed]:
    """So many feeds of each kind, their entries and the beginnings of their faults drawn with that seed."""
    return [_feed(kind, number, days, random.Random(f"{seed} {kind.name} {number}")) for kind in kinds for number in range(count)]


def _feed(kind: Kind, number: int, days: int, chance: random.Random) -> VirtualFeed:
    feed_id = f"{kind.name}-{number}".replace(" ", "-").replace(",", "").lower()
    domain = kind.name.replace(" ", "-") if kind.shares_domain else feed_id
    feed = Feed(feed_id, f"https://{domain}.test/rss", min_interval_minutes=kind.shortest, max_interval_minutes=kind.longest)
    at, published = START - kind.every * kind.holds, []
    while at < START + days * DAY and len(published) < 100_000:
        published.append(at)
        at += kind.every * chance.uniform(0.5, 1.5)
    for burst in range(0, days, 9) if kind.bursts else ():
        begun = START + (burst + chance.uniform(3, 8)) * DAY
        published += [begun + n * MINUTE for n in range(kind.bursts)]
    return VirtualFeed(kind.name, feed, sorted(published), kind.holds, START + chance.uniform(12, 20) * DAY, kind.answer)
