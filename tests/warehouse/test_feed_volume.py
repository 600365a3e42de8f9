"""What feeds bring against their habit, by the clock of the query."""

from __future__ import annotations

import pytest

from tests.warehouse.warehouse_samples import BATCH
from warehouse.batch import Batch
from warehouse.load import load

WEEKS = range(7, 57, 7)
POLL = """
insert into polls (poll_id, feed_id, run_id, polled_at, outcome, redirects, entry_count, overlap_count, notices)
select uuid(), 'example', uuid(), now() - to_minutes(cast($hours * 60 as integer)), $outcome, 0, $new + 20, 20, []
"""


@pytest.fixture
def polled(store):
    """Feed `example`, first read so many days ago, with polls as {hours ago: new entries}; None: a poll that failed."""

    def load_polls(polls, *, first_read=60):
        load(store, Batch(publishers=BATCH.publishers, feeds=BATCH.feeds))
        for hours, new in {first_read * 24: 20, **polls}.items():
            store.execute(POLL, {"hours": hours, "new": new or 0, "outcome": "timeout" if new is None else "ok"})
        return store

    return load_polls


def volume(store):
    return store.execute("select volume from feed_volume").fetchall()[0][0]


def today(entries, *, usual):
    """Polls of a feed that brought so many in these 24 hours, and those in the same hours of earlier weeks."""
    return {1: entries, **{day * 24 + 1: count for day, count in zip(WEEKS, usual, strict=False)}}


@pytest.mark.parametrize(
    ("entries", "usual", "expected"),
    [
        (40, [40] * 8, "usual"),
        (19, [40] * 8, "quieter"),
        (0, [40] * 8, "quieter"),
        (21, [40] * 8, "usual"),
        (81, [40] * 8, "louder"),
        (79, [40] * 8, "usual"),
        (10, [10, 40, 70, 20, 60, 30, 50, 45], "usual"),
        (0, [2] * 8, "usual"),
        (8, [2] * 8, "louder"),
        (0, [4] * 8, "quieter"),
        (0, [40] * 3, None),
        (19, [40] * 4, "quieter"),
        (40, [40, 40, 40, 40, 40, 40, 40, 4_000], "usual"),
    ],
)
def test_a_day_is_measured_against_the_same_day_of_earlier_weeks(polled, entries, usual, expected):
    assert volume(polled(today(entries, usual=usual))) == expected


def test_other_weekdays_do_not_count(polled):
    other_days = {day * 24 + 1: 400 for day in range(1, 56) if day % 7}
    assert volume(polled(other_days | today(5, usual=[5] * 8))) == "usual"


def test_days_without_a_good_poll_say_nothing(polled):
    assert volume(polled(today(40, usual=[40] * 4 + [None] * 4))) == "usual"


def test_a_feed_that_fails_today_has_no_volume(polled):
    assert volume(polled(today(None, usual=[40] * 8))) is None


def test_the_first_read_is_no_habit(polled):
    since = {hours: new for hours, new in today(0, usual=[40] * 8).items() if hours < 27 * 24}
    assert volume(polled(since, first_read=27)) is None


def silence(store):
    return store.execute("select is_silent, round(silent_hours), round(usual_silent_hours) from feed_volume").fetchall()[0]


def hourly(since, until=0):
    """A new entry each hour, from so many hours ago on."""
    return dict.fromkeys(range(since, until, -1), 1)


@pytest.mark.parametrize(
    ("quiet", "expected"),
    [(4, False), (7, True), (40, True)],
)
def test_a_feed_is_silent_once_it_is_so_for_longer_than_it_ever_is(polled, quiet, expected):
    polls = hourly(20 * 24, quiet) | {0: 0}
    assert silence(polled(polls))[:2] == (expected, quiet + 1)


def test_a_silent_weekend_is_a_habit(polled):
    """Weekends of 60 hours, eight of them: the next one is none to speak of before 90 hours."""
    weekends = {hours: 1 for hours in range(50 * 24, 60, -2) if hours % 168 < 108}
    is_silent, hours, usual = silence(polled(weekends | {0: 0}))

    assert (is_silent, usual) == (False, 62)
    assert hours >= 60


def test_one_silence_alone_is_no_habit(polled):
    once = {hours: 1 for hours in range(20 * 24, 12, -1) if not 200 < hours < 300}
    assert silence(polled(once | {0: 0}))[0] is True


def test_the_silence_of_a_feed_that_nobody_asked_meanwhile_is_not_known(polled):
    assert silence(polled(hourly(20 * 24, 40)))[:2] == (False, 0)


@pytest.mark.parametrize("polls", [hourly(9), dict.fromkeys(range(60, 40, -1), 1)])
def test_too_short_a_history_tells_no_silence(polled, polls):
    assert silence(polled(polls | {0: 0}, first_read=10))[0] is None


def test_an_alarm_is_a_row(polled):
    store = polled(hourly(20 * 24, 40) | {0: 0})
    store.execute("update polls set notices = ['gap', 'probe_agreed'] where polled_at > now() - interval 1 hour")

    found = "select feed_id, alarm, polls from feed_alarms order by alarm"
    assert store.execute(found).fetchall() == [("example", "gap", 1), ("example", "silent", 1)]
