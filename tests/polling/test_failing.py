from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.polling.due import is_due
from tasks.polling.failing import failure_kind, seconds_after
from tasks.polling.result import PollResult
from tests.polling.feed_life import BUSY, DAY, FEED, FIRST, GONE, HOUR, HTML, MINUTE, MISSING, RULES, TIMEOUT, Life, read


@pytest.mark.parametrize(
    ("result", "kind"),
    [
        (BUSY, "temporary"),
        (PollResult("http_error", 429), "temporary"),
        (PollResult("http_error", 408), "temporary"),
        (TIMEOUT, "temporary"),
        (PollResult("dns", retryable=True), "temporary"),
        (PollResult("robots", retryable=True), "temporary"),
        (HTML, "soft"),
        (PollResult("not_a_feed", 200), "soft"),
        (PollResult("http_error", 204), "soft"),
        (PollResult("worker_died", 200), "soft"),
        (MISSING, "hard"),
        (PollResult("http_error", 401), "hard"),
        (PollResult("http_error", 403), "hard"),
        (PollResult("dns", retryable=False), "hard"),
        (PollResult("refused_address"), "hard"),
        (PollResult("tls"), "hard"),
        (PollResult("robots"), "hard"),
        (PollResult("too_many_redirects"), "hard"),
    ],
)
def test_a_failure_is_of_the_kind_that_says_who_must_act(result, kind):
    assert failure_kind(result) == kind


@pytest.mark.parametrize(
    ("failure", "waits"),
    [
        (TIMEOUT, [15 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 6 * HOUR, 6 * HOUR]),
        (HTML, [30 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 12 * HOUR]),
        (MISSING, [HOUR, 3 * HOUR, 9 * HOUR, DAY, DAY]),
    ],
)
def test_each_kind_has_its_own_slope_and_ceiling(failure, waits):
    life = Life()
    life.poll(FIRST)
    found = []
    for _ in waits:
        life.poll(failure)
        found.append(life.wait)

    assert found == waits


@given(st.sampled_from(["temporary", "soft", "hard"]), st.integers(1, 10_000))
def test_a_wait_never_shrinks_with_more_failures_and_never_ends(kind, failures):
    ceiling = {"temporary": RULES.temporary, "soft": RULES.soft, "hard": RULES.hard}[kind].longest.total_seconds()

    assert 0 < seconds_after(kind, failures, RULES) <= seconds_after(kind, failures + 1, RULES) <= ceiling


def test_an_owners_shortest_interval_holds_for_failures_too():
    life = Life(replace(FEED, min_interval_minutes=120))
    life.poll(FIRST, TIMEOUT)

    assert life.wait == 2 * HOUR


@pytest.mark.parametrize("result", [read(), BUSY])
@pytest.mark.parametrize(("asked", "wait"), [(8 * HOUR, 8 * HOUR), (timedelta(days=400), DAY)])
def test_a_servers_retry_after_is_obeyed_up_to_a_limit(result, asked, wait):
    life = Life()
    state = life.poll(FIRST, replace(result, retry_after=asked))

    assert (life.wait, state.due_reason) == (wait, "retry_after")


def test_a_410_parks_a_feed_once_another_one_confirms_it_a_day_later():
    life = Life()
    assert life.poll(FIRST, GONE).state == "backing_off"
    assert life.poll(GONE, after=23 * HOUR).state == "backing_off"

    state = life.poll(GONE, after=HOUR)
    assert (state.state, state.due_reason, life.wait) == ("parked", "gone", 7 * DAY)


@pytest.mark.parametrize("between", [read(), FIRST])
def test_a_410_that_a_good_poll_refutes_is_forgotten(between):
    assert Life().poll(FIRST, GONE, between, replace(GONE)).gone_since is not None
    life = Life()
    life.poll(FIRST, GONE)
    life.poll(between, GONE, after=DAY)

    assert life.poll(GONE, after=HOUR).state == "backing_off"


@pytest.mark.parametrize("answer", [GONE, MISSING, TIMEOUT])
def test_a_parked_feed_is_asked_each_week_and_lives_again_when_it_answers(answer):
    life = Life()
    life.poll(FIRST, GONE)
    life.poll(GONE, after=DAY)
    state = life.poll(answer, answer)

    assert (state.state, life.wait) == ("parked", 7 * DAY)
    assert is_due(state, life.now + 7 * DAY)
    state = life.poll(read())
    assert (state.state, state.failures, state.gone_since) == ("active", 0, None)
