"""How long a feed that is well is left alone: by what polls find, what its publisher says, and what its owner wants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.model import Feed, FeedPace
from tasks.polling.result import Found
from tasks.polling.rules import Pace
from tasks.polling.spread import place_of

INTERVAL, PUBLISHER, FRESH, SHORTEST, LONGEST = "interval", "publisher", "fresh", "shortest", "longest"
SKIPPED, RETRY_AFTER = "skipped", "retry_after"

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds until a feed is asked again, and what decided on them."""

    seconds: float
    reason: str


def bounds_of(feed: Feed, pace: Pace) -> tuple[float, float]:
    """Seconds, the shortest and the longest interval: the owner's before the general ones; of two that exclude each other, the shortest."""
    shortest, longest = pace.shortest.total_seconds(), pace.longest.total_seconds()
    if feed.min_interval_minutes is not None:
        shortest, longest = feed.min_interval_minutes * 60, max(longest, feed.min_interval_minutes * 60)
    if feed.max_interval_minutes is not None:
        longest = feed.max_interval_minutes * 60
        shortest = min(shortest, longest) if feed.min_interval_minutes is None else shortest
    return shortest, max(shortest, longest)


def changed_interval(before: float, found: Found | None, *, gap: bool, on_time: bool, pace: Pace) -> float:
    """The interval in seconds after a good poll. found: None if nothing had changed.

    A poll that was late shows more than the interval would have brought, one that was early less: neither changes it, a gap aside.
    """
    if gap:
        return before * pace.after_gap
    if not on_time:
        return before
    if found is None or not found.new:
        return before * pace.after_none
    return before * (pace.after_many if found.new * 2 >= found.entries else pace.after_some)


def good_wait(
    feed: Feed,
    interval: float,
    *,
    said: FeedPace,
    fresh_for: timedelta | None,
    retry_after: timedelta | None,
    believe_publisher: bool,
    now: datetime,
    pace: Pace,
) -> Wait:
    """The wait after a good poll.

    The longest of the interval, what the feed says and how long the server says that its answer holds; within the bounds; then not
    before the server's Retry-After, nor in an hour or on a day that the feed says to skip, unless its owner's longest interval ends before.
    """
    shortest, longest = bounds_of(feed, pace)
    hints = (said.least_seconds or 0, PUBLISHER), (fresh_for.total_seconds() if fresh_for else 0, FRESH)
    believed = [Wait(min(seconds, pace.longest_hint.total_seconds()), why) for seconds, why in hints if believe_publisher]
    wait = max([Wait(interval, INTERVAL), *believed], key=lambda each: each.seconds)
    wait = Wait(wait.seconds * (1 + pace.spread * place_of(feed.feed_id)), wait.reason)
    if wait.seconds > longest:
        wait = Wait(longest, LONGEST)
    elif wait.seconds < shortest:
        wait = Wait(shortest, SHORTEST)
    if believe_publisher and (skipped := _seconds_skipped(feed, now + timedelta(seconds=wait.seconds), said, pace)):
        latest = feed.max_interval_minutes * 60 if feed.max_interval_minutes is not None else wait.seconds + skipped
        wait = max(wait, Wait(min(wait.seconds + skipped, latest), SKIPPED), key=lambda each: each.seconds)
    return not_before(wait, retry_after, pace)


def not_before(wait: Wait, retry_after: timedelta | None, pace: Pace) -> Wait:
    """A wait that honours what the server asked for, up to the limit."""
    asked = min(retry_after or timedelta(0), pace.longest_retry_after).total_seconds()
    return Wait(asked, RETRY_AFTER) if asked > wait.seconds else wait


def _seconds_skipped(feed: Feed, due: datetime, said: FeedPace, pace: Pace) -> float:
    """From that time to the first hour after it that is not to be skipped, and a little into it; 0 if it is not to be skipped itself.

    0 too if hours and days leave no such hour soon: that can not be meant.
    """

    def is_skipped(moment: datetime) -> bool:
        return moment.hour in said.skip_hours or moment.isoweekday() in said.skip_days

    allowed = due
    while is_skipped(allowed):
        allowed = allowed.replace(minute=0, second=0, microsecond=0) + _HOUR
        if allowed - due > pace.longest_skip:
            return 0.0
    return (allowed - due).total_seconds() + pace.spread * place_of(feed.feed_id) * _HOUR.total_seconds() if allowed > due else 0.0
