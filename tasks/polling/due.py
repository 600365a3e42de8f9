"""When a feed is asked again. Pure: `now` comes in, no randomness; the flow spreads feeds over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.model import Hop, Validators
from warehouse.rows import FeedStateRow

ACTIVE = "active"
BACKING_OFF = "backing_off"
PARKED = "parked"

GOOD_OUTCOMES = frozenset({"ok", "not_modified", "same_body"})
_GONE = 410
_PERMANENT = frozenset({301, 308})
_MOST_DOUBLINGS = 32


@dataclass(frozen=True, slots=True)
class PollingPace:
    """How often feeds are asked.

    interval: after a success. longest_backoff: ceiling of the wait after failures. longest_retry_after: how much of a server's own
    Retry-After is obeyed.
    """

    interval: timedelta
    longest_backoff: timedelta
    longest_retry_after: timedelta


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll came to.

    outcome: as in PollRow. validators: as received, both None if the server sent none. body_hash: None unless there was a body.
    has_new_entries: whether any entry was seen for the first time. retry_after: what the server asked for, or None.
    """

    outcome: str
    http_status: int | None
    hops: tuple[Hop, ...]
    validators: Validators
    body_hash: str | None
    has_new_entries: bool
    retry_after: timedelta | None


def is_due(state: FeedStateRow | None, now: datetime) -> bool:
    """Whether a feed is to be asked now: if it never was, or its time has come. A parked feed never is."""
    if state is None:
        return True
    return state.state != PARKED and (state.next_due_at is None or state.next_due_at <= now)


def next_state(feed_id: str, url: str, state: FeedStateRow | None, result: PollResult, *, now: datetime, pace: PollingPace) -> FeedStateRow:
    """The feed's memory after a poll.

    Success: due again after the interval. Failure: after the interval doubled once per failure in a row, up to the ceiling; it is
    never given up. Either way not before the server's Retry-After. 410 (RFC 9110, 15.5.11) parks the feed. Redirects that are
    permanent from the first hop on (301, 308) move `current_url`, if the feed was found at their end.

    url: what was asked. state: the memory before, None at the first poll or after the configured URL was changed.
    """
    good = result.outcome in GOOD_OUTCOMES
    failures = 0 if good else (state.failures if state is not None else 0) + 1
    wait = max(_wait(failures, pace), min(result.retry_after or timedelta(0), pace.longest_retry_after))
    gone = result.http_status == _GONE
    validators = _validators(state, result)
    keeps_body_hash = state is not None and (not good or result.body_hash is None)
    return FeedStateRow(
        feed_id=feed_id,
        current_url=_moved_to(url, result.hops) if good else url,
        etag=validators.etag,
        last_modified=validators.last_modified,
        body_hash=state.body_hash if state is not None and keeps_body_hash else result.body_hash if good else None,
        next_due_at=None if gone else now + wait,
        state=PARKED if gone else ACTIVE if good else BACKING_OFF,
        failures=failures,
        last_success_at=now if good else state.last_success_at if state is not None else None,
        last_new_entry_at=now if result.has_new_entries else state.last_new_entry_at if state is not None else None,
        updated_at=now,
    )


def _wait(failures: int, pace: PollingPace) -> timedelta:
    """The interval, doubled per failure; the ceiling never shortens the interval itself."""
    if failures == 0:
        return pace.interval
    ceiling = max(pace.longest_backoff, pace.interval)
    doubled = pace.interval.total_seconds() * 2 ** min(failures, _MOST_DOUBLINGS)
    return min(ceiling, timedelta(seconds=min(doubled, ceiling.total_seconds())))


def _validators(state: FeedStateRow | None, result: PollResult) -> Validators:
    """Those of the last good body. A 304 may repeat them or leave them out (RFC 9110, 15.4.5); a failure changes nothing."""
    old = Validators(state.etag, state.last_modified) if state is not None else Validators()
    if result.outcome == "not_modified":
        return Validators(result.validators.etag or old.etag, result.validators.last_modified or old.last_modified)
    return result.validators if result.outcome in GOOD_OUTCOMES else old


def _moved_to(url: str, hops: Sequence[Hop]) -> str:
    """Where the unbroken run of permanent redirects from the start leads (RFC 9110, 15.4.2 and 15.4.9)."""
    for hop in hops:
        if hop.status not in _PERMANENT:
            break
        url = hop.location
    return url
