"""A feed's life in short: results of polls, and the rules they are judged by, in round numbers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tasks.model import Feed, FeedPace, Hop, Validators
from tasks.polling.due import Decided, next_state
from tasks.polling.result import Found, PollResult
from tasks.polling.rules import Backoff, Gone, Moving, Outage, Pace, PollingRules, Probing
from warehouse.rows import FeedStateRow

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday."""
URL, ELSEWHERE = "https://paper.test/rss", "https://new.paper.test/rss"
FEED = Feed("paper", URL)
RULES = PollingRules(
    pace=Pace(
        first=20 * MINUTE,
        shortest=10 * MINUTE,
        longest=8 * HOUR,
        after_gap=0.25,
        after_many=0.5,
        after_some=0.8,
        after_none=1.5,
        spread=0.0,
        longest_hint=4 * HOUR,
        longest_skip=3 * DAY,
        gap_outweighs=7 * DAY,
        longest_retry_after=DAY,
        early=MINUTE,
    ),
    temporary=Backoff(first=15 * MINUTE, factor=2.0, longest=6 * HOUR),
    soft=Backoff(first=30 * MINUTE, factor=2.0, longest=12 * HOUR),
    hard=Backoff(first=HOUR, factor=3.0, longest=DAY),
    gone=Gone(confirmed_after=DAY, probed_every=7 * DAY),
    moving=Moving(polls=3, over=DAY, failures=3),
    probing=Probing(every=4, after=2 * DAY, spread=0.0, distrust=30 * DAY),
    outage=Outage(window=5 * MINUTE, domains=3, share=0.8, again=5 * MINUTE),
)


def found(new: int = 0, known: int = 10, **other: object) -> Found:
    """new, known: entries of the poll. other: fields of Found."""
    pace = other.pop("pace", FeedPace())
    return replace(Found(new + known, known, new, 0, known, 0, pace), **other)


def read(new: int = 0, known: int = 10, **other: object) -> PollResult:
    """A poll that read the feed. other: fields of PollResult."""
    return replace(PollResult("ok", 200, final_url=URL, validators=Validators('"1"'), body_hash="hash", found=found(new, known)), **other)


FIRST = read(10, 0)
NOT_MODIFIED = PollResult("not_modified", 304, final_url=URL)
BUSY = PollResult("http_error", 503, final_url=URL)
TIMEOUT = PollResult("timeout", retryable=True)
HTML = PollResult("html_instead", 200, final_url=URL)
MISSING = PollResult("http_error", 404, final_url=URL)
GONE = PollResult("http_error", 410, final_url=URL)


def redirected(result: PollResult, *statuses: int, to: str = ELSEWHERE) -> PollResult:
    """The same, reached by redirects of these statuses, the last of which leads to that address."""
    places = [URL, *(f"https://paper.test/hop-{number}" for number in range(1, len(statuses))), to]
    hops = tuple(Hop(place, status, following) for place, status, following in zip(places, statuses, places[1:], strict=False))
    return replace(result, hops=hops, final_url=to)


@dataclass(slots=True)
class Life:
    """A feed that is polled again and again. now: of the last poll. decided: what it led to."""

    feed: Feed = FEED
    rules: PollingRules = RULES
    now: datetime = NOW
    state: FeedStateRow | None = None
    decided: list[Decided] = field(default_factory=list)

    def poll(self, *results: PollResult, after: timedelta | None = None) -> FeedStateRow:
        """Each poll at its time, or that long after the one before."""
        for result in results:
            if self.state is not None and self.state.next_due_at is not None:
                self.now = self.now + after if after is not None else self.state.next_due_at
            self.decided.append(next_state(self.feed, self.state, result, now=self.now, rules=self.rules))
            self.state = self.decided[-1].state
        assert self.state is not None
        return self.state

    @property
    def wait(self) -> timedelta:
        """From the last poll to the next."""
        assert self.state is not None
        assert self.state.next_due_at is not None
        return self.state.next_due_at - self.now

    @property
    def notices(self) -> tuple[str, ...]:
        """Of the last poll."""
        return self.decided[-1].notices
