from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.model import FeedPace
from tasks.polling.interval import good_wait
from tests.polling.feed_life import BUSY, DAY, FEED, FIRST, HOUR, MINUTE, NOT_MODIFIED, NOW, RULES, Life, found, read

SAYS_TWO_HOURS = FeedPace(least_seconds=7_200)
PACES = st.builds(
    FeedPace,
    st.none() | st.integers(1, 10**9),
    st.sets(st.integers(0, 23)).map(tuple),
    st.sets(st.integers(1, 7)).map(tuple),
)
BOUNDS = st.tuples(st.none() | st.integers(1, 10_000), st.none() | st.integers(1, 10_000))
DELAYS = st.none() | st.timedeltas(timedelta(0), timedelta(days=4_000))


def saying(pace, **other):
    return read(found=found(0, 10, pace=pace), **other)


def interval(*results):
    return timedelta(seconds=Life().poll(FIRST, *results).interval_seconds)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        (read(1, 9), 16 * MINUTE),
        (read(5, 5), 10 * MINUTE),
        (read(0, 10), 30 * MINUTE),
        (NOT_MODIFIED, 30 * MINUTE),
        (read(10, 0), 10 * MINUTE),
    ],
)
def test_new_entries_shorten_the_interval_and_none_lengthen_it(result, expected):
    assert interval() == 20 * MINUTE
    assert interval(result) == expected


def test_the_interval_stays_within_its_bounds_however_long_it_goes_on():
    assert interval(*[NOT_MODIFIED] * 50) == 8 * HOUR
    assert interval(*[read(9, 1)] * 50) == 10 * MINUTE


@pytest.mark.parametrize(
    ("shortest", "longest", "quiet", "busy"),
    [(None, 60, 60, 10), (120, None, 480, 120), (600, None, 600, 600), (None, 5, 5, 5), (45, 45, 45, 45)],
)
def test_an_owners_bounds_replace_the_general_ones(shortest, longest, quiet, busy):
    feed = replace(FEED, min_interval_minutes=shortest, max_interval_minutes=longest)
    for result, expected in ((NOT_MODIFIED, quiet), (read(9, 1), busy)):
        life = Life(feed)
        life.poll(FIRST, *[result] * 30)
        assert life.wait == expected * MINUTE


def test_a_poll_that_was_late_early_or_after_failures_says_nothing_about_the_interval():
    for after, before in ((3 * HOUR, ()), (None, (BUSY,))):
        life = Life()
        life.poll(FIRST, *before)
        assert life.poll(read(9, 1), after=after).interval_seconds == 1_200
    life = Life()
    life.poll(FIRST)
    assert life.poll(NOT_MODIFIED, after=MINUTE).interval_seconds == 1_200


def test_an_emptied_feed_is_not_taken_for_a_quiet_one():
    assert interval(read(0, 0)) == interval()


@pytest.mark.parametrize(
    ("result", "wait", "reason"),
    [
        (saying(SAYS_TWO_HOURS), 2 * HOUR, "publisher"),
        (saying(FeedPace(least_seconds=10 * 366 * 86_400)), 4 * HOUR, "publisher"),
        (read(fresh_for=3 * HOUR), 3 * HOUR, "fresh"),
        (read(fresh_for=DAY), 4 * HOUR, "fresh"),
        (saying(SAYS_TWO_HOURS, fresh_for=3 * HOUR), 3 * HOUR, "fresh"),
        (saying(FeedPace(least_seconds=60)), 30 * MINUTE, "interval"),
    ],
)
def test_what_the_publisher_says_puts_a_poll_off_within_reason(result, wait, reason):
    life = Life()
    state = life.poll(FIRST, result)

    assert (life.wait, state.due_reason) == (wait, reason)


def test_what_a_feed_said_holds_for_polls_that_do_not_read_it():
    life = Life()
    life.poll(FIRST, saying(SAYS_TWO_HOURS), NOT_MODIFIED)

    assert life.wait == 2 * HOUR


def test_an_owners_longest_interval_outweighs_the_publisher():
    life = Life(replace(FEED, max_interval_minutes=30))
    state = life.poll(FIRST, saying(FeedPace(7_200, skip_hours=tuple(range(23)))))

    assert (life.wait, state.due_reason) == (30 * MINUTE, "longest")


@pytest.mark.parametrize(
    ("pace", "due"),
    [
        (FeedPace(skip_hours=(12, 13, 14)), datetime(2026, 11, 23, 15, tzinfo=UTC)),
        (FeedPace(skip_days=(1,)), datetime(2026, 11, 24, tzinfo=UTC)),
        (FeedPace(skip_hours=(0,), skip_days=(1,)), datetime(2026, 11, 24, 1, tzinfo=UTC)),
        (FeedPace(skip_hours=tuple(range(24))), NOW + 50 * MINUTE),
        (FeedPace(skip_days=(1, 2, 3, 4, 5, 6, 7)), NOW + 50 * MINUTE),
        (FeedPace(skip_hours=(5,)), NOW + 50 * MINUTE),
    ],
)
def test_hours_and_days_to_skip_are_skipped_unless_none_is_left(pace, due):
    assert Life().poll(FIRST, saying(pace)).next_due_at == due


def test_entries_that_were_lost_outweigh_what_the_publisher_says_for_a_week():
    life = Life()
    life.poll(FIRST, saying(SAYS_TWO_HOURS))
    gap = read(found=found(10, 0, pace=SAYS_TWO_HOURS), fresh_for=3 * HOUR)

    assert life.poll(gap).due_reason == "interval"
    assert life.wait < HOUR
    life.poll(read(found=found(0, 10, pace=SAYS_TWO_HOURS)), after=8 * DAY)
    assert life.wait == 2 * HOUR


def test_feeds_that_come_due_together_are_spread():
    rules = replace(RULES, pace=replace(RULES.pace, spread=0.1))
    waits = set()
    for number in range(1_000):
        life = Life(replace(FEED, feed_id=f"feed-{number}"), rules)
        life.poll(FIRST)
        waits.add(life.wait)

    assert len(waits) > 900
    assert 20 * MINUTE <= min(waits) < 20.1 * MINUTE
    assert 21.9 * MINUTE < max(waits) <= 22 * MINUTE


@given(st.floats(1, 10**7), PACES, DELAYS, BOUNDS, st.booleans())
def test_whatever_is_said_the_wait_stays_within_the_bounds(before, said, fresh_for, bounds, believe):
    shortest, longest = bounds
    feed = replace(FEED, min_interval_minutes=shortest, max_interval_minutes=longest)
    pace = replace(RULES.pace, spread=0.1)
    wait = good_wait(feed, before, said=said, fresh_for=fresh_for, retry_after=None, believe_publisher=believe, now=NOW, pace=pace)
    lowest = 60 * (shortest or min(10, longest or 10))
    highest = 60 * max(longest or 8 * 60, shortest or 0)

    skipped = RULES.pace.longest_skip.total_seconds() + 3_600 if longest is None else 0
    assert lowest <= wait.seconds <= highest + skipped
    if wait.reason != "skipped":
        assert wait.seconds <= highest


@given(st.lists(st.sampled_from([read(0), read(1, 9), read(10, 0), NOT_MODIFIED, BUSY]), max_size=30), PACES, DELAYS)
def test_no_life_ends_in_a_feed_that_is_never_asked_again(results, said, asked):
    life = Life()
    life.poll(*results, read(found=found(1, 9, pace=said), retry_after=asked))

    assert timedelta(0) < life.wait <= max(RULES.pace.longest + RULES.pace.longest_skip + HOUR, RULES.pace.longest_retry_after)
