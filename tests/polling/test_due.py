from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.model import Hop, Validators
from tasks.polling.due import PollingPace, PollResult, is_due, next_state
from warehouse.rows import FeedStateRow

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
URL = "https://paper.test/rss"
PACE = PollingPace(interval=timedelta(minutes=15), longest_backoff=timedelta(hours=6), longest_retry_after=timedelta(days=1))
OK = PollResult("ok", 200, (), Validators('"1"', None), "hash", has_new_entries=True, retry_after=None)
BROKEN = PollResult("http_error", 503, (), Validators(), None, has_new_entries=False, retry_after=None)


def after(*results: PollResult) -> FeedStateRow:
    state: FeedStateRow | None = None
    for result in results:
        state = next_state("paper", URL, state, result, now=NOW, pace=PACE)
    assert state is not None
    return state


def test_a_feed_never_asked_is_due() -> None:
    assert is_due(None, NOW)


def test_a_feed_is_due_once_its_interval_has_passed() -> None:
    state = after(OK)

    assert not is_due(state, NOW + timedelta(minutes=14))
    assert is_due(state, NOW + timedelta(minutes=15))


@pytest.mark.parametrize(
    ("failures", "wait"),
    [(1, timedelta(minutes=30)), (2, timedelta(hours=1)), (4, timedelta(hours=4)), (5, timedelta(hours=6)), (500, timedelta(hours=6))],
)
def test_failures_double_the_wait_up_to_the_ceiling_and_never_end_it(failures: int, wait: timedelta) -> None:
    state = after(*[BROKEN] * failures)

    assert (state.state, state.failures, state.next_due_at) == ("backing_off", failures, NOW + wait)
    assert is_due(state, NOW + wait)


def test_a_success_ends_the_backing_off() -> None:
    state = after(BROKEN, BROKEN, OK)

    assert (state.state, state.failures, state.next_due_at) == ("active", 0, NOW + PACE.interval)


def test_a_ceiling_below_the_interval_does_not_hurry_a_failing_feed() -> None:
    hurried = replace(PACE, longest_backoff=timedelta(seconds=1))

    assert next_state("paper", URL, None, BROKEN, now=NOW, pace=hurried).next_due_at == NOW + PACE.interval


@pytest.mark.parametrize("result", [OK, BROKEN])
@pytest.mark.parametrize(
    ("asked", "wait"),
    [(timedelta(hours=8), timedelta(hours=8)), (timedelta(days=400), timedelta(days=1))],
)
def test_a_servers_retry_after_is_obeyed_up_to_a_limit(result: PollResult, asked: timedelta, wait: timedelta) -> None:
    assert after(replace(result, retry_after=asked)).next_due_at == NOW + wait


def test_a_feed_that_is_gone_is_parked() -> None:
    state = after(OK, replace(BROKEN, http_status=410))

    assert state.state == "parked"
    assert not is_due(state, NOW + timedelta(days=1_000))


def test_a_failure_forgets_nothing_of_the_last_success() -> None:
    good, failed = after(OK), after(OK, BROKEN)

    kept = ("etag", "last_modified", "body_hash", "last_success_at", "last_new_entry_at", "current_url")
    assert [getattr(failed, name) for name in kept] == [getattr(good, name) for name in kept]


def test_not_modified_keeps_the_validators_it_does_not_repeat() -> None:
    state = after(
        OK,
        PollResult(
            "not_modified", 304, (), Validators(None, "Sun, 22 Nov 2026 12:00:00 GMT"), None, has_new_entries=False, retry_after=None
        ),
    )

    assert (state.etag, state.last_modified, state.body_hash) == ('"1"', "Sun, 22 Nov 2026 12:00:00 GMT", "hash")


def test_a_body_without_validators_drops_those_of_the_body_before() -> None:
    assert after(OK, replace(OK, validators=Validators())).etag is None


@pytest.mark.parametrize(
    ("statuses", "moved_to"),
    [
        ((301,), "https://paper.test/1"),
        ((308, 301), "https://paper.test/2"),
        ((301, 302), "https://paper.test/1"),
        ((302, 301), URL),
        ((307,), URL),
    ],
)
def test_only_an_unbroken_run_of_permanent_redirects_moves_a_feed(statuses: tuple[int, ...], moved_to: str) -> None:
    hops = tuple(Hop(f"https://paper.test/{number}", status, f"https://paper.test/{number + 1}") for number, status in enumerate(statuses))

    assert after(replace(OK, hops=hops)).current_url == moved_to
    assert after(replace(BROKEN, hops=hops)).current_url == URL
