from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tasks.polling.standing import Known, standings

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WELL = Known("active", failures=0, next_due_at=NOW + MINUTE, last_polled_at=NOW - MINUTE, last_new_entry_at=NOW - DAY, gaps=0)


def said(*, paused=False, **known):
    return standings(replace(WELL, **known), paused=paused, now=NOW, late_after=45 * MINUTE, silent_after=3 * DAY)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, ()),
        ({"paused": True, "failures": 3, "next_due_at": NOW - DAY}, ("paused",)),
        ({"last_polled_at": None}, ("unpolled",)),
        ({"state": "parked", "next_due_at": None, "failures": 1}, ("parked",)),
        ({"state": "backing_off", "failures": 1}, ("failing",)),
        ({"next_due_at": NOW}, ("due",)),
        ({"next_due_at": NOW - 44 * MINUTE}, ("due",)),
        ({"next_due_at": NOW - 45 * MINUTE}, ("late",)),
        ({"last_new_entry_at": NOW - 3 * DAY}, ("silent",)),
        ({"last_new_entry_at": None}, ("silent",)),
        ({"last_new_entry_at": None, "failures": 2}, ("failing",)),
        ({"last_new_entry_at": NOW - 3 * DAY, "is_silent": False}, ()),
        ({"last_new_entry_at": NOW, "is_silent": True}, ("silent",)),
        ({"is_silent": True, "volume": "quieter"}, ("silent",)),
        ({"is_silent": True, "failures": 1}, ("failing",)),
        ({"volume": "quieter"}, ("quieter",)),
        ({"volume": "louder"}, ("louder",)),
        ({"volume": "usual"}, ()),
        ({"gaps": 1}, ("gaps",)),
        ({"failures": 1, "next_due_at": NOW - DAY, "gaps": 2}, ("failing", "late", "gaps")),
    ],
)
def test_everything_that_holds_is_said_and_nothing_else(known, expected):
    assert said(**known) == expected


def test_a_feed_that_nothing_is_known_of_was_never_polled():
    assert standings(None, paused=False, now=NOW, late_after=MINUTE, silent_after=DAY) == ("unpolled",)
