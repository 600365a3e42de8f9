from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tasks.model import Fetched
from tasks.polling.freshness import fresh_for

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DATE, HOUR_LATER = "Sun, 22 Nov 2026 11:00:00 GMT", "Sun, 22 Nov 2026 12:00:00 GMT"


def said(**headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return fresh_for(Fetched("u", "u", 200, named, b"", b"", (), NOW, 1), NOW)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache_Control": "max-age=600"}, 600),
        ({"Cache_Control": 'public, Max-Age="600"'}, 600),
        ({"Cache_Control": "max-age=600", "Age": "100"}, 500),
        ({"Cache_Control": "max-age=600", "Age": "900"}, 0),
        ({"Cache_Control": "max-age=600", "Expires": HOUR_LATER, "Date": DATE}, 600),
        ({"Expires": HOUR_LATER, "Date": DATE}, 3_600),
        ({"Expires": "Sun, 22 Nov 2026 12:10:00 GMT"}, 600),
        ({"Expires": DATE, "Date": HOUR_LATER}, 0),
    ],
)
def test_an_answer_holds_for_as_long_as_its_headers_say(headers, seconds):
    assert said(**headers) == timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Cache_Control": "no-cache, max-age=600"},
        {"Cache_Control": "no-store"},
        {"Cache_Control": "s-maxage=600"},
        {"Cache_Control": "max-age=soon"},
        {"Cache_Control": "max-age=-1"},
        {"Expires": "0"},
        {"Expires": "Sun, 99 Nov 2026 12:10:00 GMT"},
    ],
)
def test_headers_that_say_nothing_useful_are_passed_over(headers):
    assert said(**headers) is None
