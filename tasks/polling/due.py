"""When a feed is asked again, and all else that is remembered of it from one poll to the next. Pure: `now` comes in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from http import HTTPStatus

from tasks.model import Feed, FeedPace, Validators
from tasks.polling import moves, notices, probes
from tasks.polling.failing import failure_kind, seconds_after
from tasks.polling.interval import Wait, bounds_of, changed_interval, good_wait, not_before
from tasks.polling.result import PollResult
from tasks.polling.rules import PollingRules
from tasks.polling.spread import place_of
from warehouse.rows import FeedMoveRow, FeedStateRow

ACTIVE, BACKING_OFF, PARKED = "active", "backing_off", "parked"
GONE = "gone"


@dataclass(frozen=True, slots=True)
class Decided:
    """What a poll leaves behind: the feed's memory, what is odd about the poll, and the move that it led to, if any."""

    state: FeedStateRow
    notices: tuple[str, ...] = ()
    move: FeedMoveRow | None = None


def is_due(state: FeedStateRow | None, now: datetime, early: timedelta = timedelta(0)) -> bool:
    """Whether a feed is to be asked now: it never was, or its time has come or does so within `early`.

    One that was asked at a time still to come is due as well: the clock was wrong then, and so is the time that was set for it.
    """
    return state is None or state.next_due_at is None or state.next_due_at <= now + early or state.updated_at > now + early


def begun(feed: Feed, now: datetime) -> FeedStateRow:
    """The memory of a feed that was never asked, or not at this address."""
    return FeedStateRow(feed.feed_id, feed.url, None, None, None, None, ACTIVE, 0, None, None, now)


def next_state(feed: Feed, state: FeedStateRow | None, result: PollResult, *, now: datetime, rules: PollingRules) -> Decided:
    """After a poll. state: the memory before, None at the first poll or after the configured address was changed."""
    before = state or begun(feed, now)
    decided = _after_good(feed, before, result, now, rules) if result.good else _after_failure(feed, before, result, now, rules)
    return replace(decided, state=replace(decided.state, updated_at=now))


def charged_to_nobody(feed: Feed, state: FeedStateRow | None, *, now: datetime, rules: PollingRules) -> Decided:
    """After a poll that our own outage ended: the memory as it was, due again soon."""
    before = state or begun(feed, now)
    kept = replace(before, next_due_at=now + rules.outage.again, due_reason=notices.OWN_OUTAGE, updated_at=now)
    return Decided(kept, (notices.OWN_OUTAGE,))


def _after_good(feed: Feed, before: FeedStateRow, result: PollResult, now: datetime, rules: PollingRules) -> Decided:
    """The feed is well: what was held against it is forgotten, what it says and holds is remembered."""
    odd = notices.noticed(before, result)
    state, move = moves.after_good(before, result.hops, now=now, rule=rules.moving)
    state = probes.after_answer(state, result, now, rules.probing)
    if result.found is not None:
        state = notices.after_read(state, result, result.found, now)
    interval = _interval(feed, before, result, now, rules)
    wait = good_wait(
        feed,
        interval,
        said=FeedPace(state.least_seconds, state.skip_hours or (), state.skip_days or ()),
        fresh_for=result.fresh_for,
        retry_after=result.retry_after,
        believe_publisher=state.last_gap_at is None or now - state.last_gap_at >= rules.pace.gap_outweighs,
        now=now,
        pace=rules.pace,
    )
    validators = _validators(state, result)
    state = replace(
        _due(state, wait, now),
        etag=validators.etag,
        last_modified=validators.last_modified,
        body_hash=result.body_hash or state.body_hash,
        state=ACTIVE,
        failures=0,
        failure_kind=None,
        gone_since=None,
        last_success_at=now,
        interval_seconds=round(interval),
    )
    told = {notices.LYING_304: probes.is_lie(result), notices.PROBE_AGREED: result.probed and not probes.is_lie(result)}
    told |= {notices.MOVED: move is not None}
    return Decided(state, (*odd, *(name for name, held in told.items() if held)), move)


def _after_failure(feed: Feed, before: FeedStateRow, result: PollResult, now: datetime, rules: PollingRules) -> Decided:
    """Nothing of the last success is forgotten. 410 (RFC 9110, 15.5.11) parks the feed once a second one confirms it; only a good poll
    brings it back. A server's Retry-After is honoured, and an owner's shortest interval.
    """
    kind = failure_kind(result)
    failures = before.failures + 1
    gone_since = before.gone_since or (now if result.http_status == HTTPStatus.GONE else None)
    confirmed = result.http_status == HTTPStatus.GONE and gone_since is not None and now - gone_since >= rules.gone.confirmed_after
    parked = before.state == PARKED or confirmed
    seconds = rules.gone.probed_every.total_seconds() if parked else seconds_after(kind, failures, rules)
    owners = (feed.min_interval_minutes or 0) * 60
    spread = 1 + rules.pace.spread * place_of(feed.feed_id)
    wait = not_before(Wait(max(seconds * spread, owners), GONE if parked else kind), result.retry_after, rules.pace)
    counted = replace(before, state=PARKED if parked else BACKING_OFF, failures=failures, failure_kind=kind, gone_since=gone_since)
    state, move = moves.after_failure(counted, feed, kind, now=now, rule=rules.moving)
    return Decided(_due(state, wait, now), (notices.FELL_BACK,) if move else (), move)


def _interval(feed: Feed, before: FeedStateRow, result: PollResult, now: datetime, rules: PollingRules) -> float:
    """The interval in seconds from now on, within the feed's bounds."""
    shortest, longest = bounds_of(feed, rules.pace)
    if before.interval_seconds is None or before.last_success_at is None:
        return min(max(rules.pace.first.total_seconds(), shortest), longest)
    lateness = now - before.next_due_at if before.next_due_at is not None else timedelta(0)
    on_time = before.failures == 0 and -rules.pace.early <= lateness <= timedelta(seconds=before.interval_seconds)
    steady = on_time and not notices.is_emptied(before, result.found)
    gap = notices.is_gap(before, result)
    changed = changed_interval(before.interval_seconds, result.found, gap=gap, on_time=steady, pace=rules.pace)
    return min(max(changed, shortest), longest)


def _validators(state: FeedStateRow, result: PollResult) -> Validators:
    """Those of the last good body. A 304 may repeat them or leave them out (RFC 9110, 15.4.5)."""
    if result.outcome != "not_modified":
        return result.validators
    return Validators(result.validators.etag or state.etag, result.validators.last_modified or state.last_modified)


def _due(state: FeedStateRow, wait: Wait, now: datetime) -> FeedStateRow:
    return replace(state, next_due_at=now + timedelta(seconds=wait.seconds), due_reason=wait.reason)
