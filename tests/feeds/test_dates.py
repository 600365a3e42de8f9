from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.feeds.dates import day, instant, moment

TEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-22T10:00:00Z",
        "2026-11-22T11:00:00+01:00",
        "2026-11-22T11:00:00+0100",
        "2026-11-22T10:00:00.000Z",
        "2026-11-22t10:00:00z",
        "2026-11-22 10:00:00 +00:00",
        "2026-11-22T10:00Z",
        "20261122T100000Z",
        "Sun, 22 Nov 2026 10:00:00 GMT",
        "Sun, 22 Nov 2026 10:00:00 +0000",
        "22 Nov 2026 10:00 UT",
        "Sun, 22 Nov 26 05:00:00 EST",
        "Sun, 22 Nov 2026 02:00:00 -0800 (PST)",
        "Mon, 22 Nov 2026 10:00:00 Z",
        "So., 22 Nov 2026 11:00:00 CET",
        "Sunday, 22 November 2026 10:00:00 GMT",
        "Sun, 22 Nov 2026 12:00:00 GMT+2",
        "22-Nov-2026 10:00:00 GMT",
        "Nov 22, 2026 10:00 AM UTC",
        "November 22, 2026, 10:00 UTC",
        "Sun Nov 22 10:00:00 UTC 2026",
        " Sun,  22 Nov 2026\n10:00:00 GMT ",
        "Sun, 22 Nov 2026 10:00:00 -0000",
        "dim., 22 nov. 2026 11:00:00 +0100",
        "So, 22. November 2026 11:00 MEZ",
        "domingo, 22 de noviembre de 2026 10:00:00 GMT",
        "domenica 22 novembre 2026 11:00:00 +0100",
        "niedziela, 22 listopada 2026 11:00 +0100",
        "Вс, 22 ноября 2026 13:00:00 +0300",
        "нд, 22 листопада 2026 12:00 EET",
        "zondag 22 november 2026 11:00 CET",
        "Κυρ, 22 Νοε 2026 12:00:00 +0200",
        "22 नवंबर 2026 15:30 +0530",
        "22 نوفمبر 2026 10:00:00 +0000",
        "الأحد، 22 تشرين الثاني 2026 10:00 GMT",
        "٢٢ نوفمبر ٢٠٢٦ 10:00:00 +0000",
        "日, 22 11月 2026 10:00:00 +0000",
        "周日, 22 十一月 2026 18:00:00 +0800",
        "일, 22 11월 2026 19:00:00 +0900",
        "2026年11月22日 19:00:00 JST",
        "2026/11/22 19:00 +0900",
        "22.11.2026 11:00 MEZ",
        "Sun Nov 22 2026 11:00:00 GMT+0100 (Central European Standard Time)",
        "2026-11-22T11:00:00,250+01:00",
    ],
)
def test_an_instant_is_read_from_every_unambiguous_spelling(raw: str) -> None:
    assert instant(raw) == TEN


@pytest.mark.parametrize(
    ("month", "number"),
    [
        ("März", 3),
        ("فبراير", 2),
        ("фев", 2),
        ("mrt", 3),
        ("avr.", 4),
        ("mai", 5),
        ("Juni", 6),
        ("août", 8),
        ("set", 9),
        ("Okt.", 10),
        ("déc.", 12),
        ("aralık", 12),
    ],
)
def test_months_are_read_in_the_languages_feeds_are_written_in(month: str, number: int) -> None:
    assert instant(f"22 {month} 2026 10:00:00 GMT") == TEN.replace(month=number)


@pytest.mark.parametrize("raw", ["2026-11-22", "Sun, 22 Nov 2026", "2026-11", "2026"])
def test_a_day_is_no_instant(raw: str) -> None:
    assert instant(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-22",
        "Sun, 22 Nov 2026",
        "2026-11-22T23:30:00-05:00",
        "2026-11-22 10:00:00",
        "Sun, 22 Nov 2026 10:00:00 IST",
        "22. listopadu 2026",
        "2026年11月22日(日) 19:00",
        "2026.11.22.",
        "22.11.2026",
    ],
)
def test_the_day_is_the_publishers_own_with_a_time_and_without(raw: str) -> None:
    assert day(raw) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "raw", [None, "", "2026", "2026-11", "1970-01-01", "1899-12-30", "0001-01-01", "22/11/2026", "03/04/2026", "2026-02-30"]
)
def test_half_a_day_an_ambiguous_one_and_an_empty_field_are_none(raw: str | None) -> None:
    assert day(raw) is None


def test_an_instant_is_believed_before_a_day_wherever_it_stands() -> None:
    assert moment(None, "2026-11-20", "2026-11-22T10:00:00Z") == (TEN, None)
    assert moment("yesterday", "2026-11-20", "2026-11-21") == (None, date(2026, 11, 20))


def test_the_publishers_own_day_is_told_where_it_is_another_one_in_utc() -> None:
    assert moment("2026-11-22T23:30:00-05:00") == (datetime(2026, 11, 23, 4, 30, tzinfo=UTC), date(2026, 11, 22))
    assert moment("2026-11-22T05:00:00-05:00") == (TEN, None)


@pytest.mark.parametrize(
    "raw", ["2026-11-22T10:00:00", "Sun, 22 Nov 2026 10:00:00", "Sun, 22 Nov 2026 10:00:00 IST", "22/11/2026 10:00:00 GMT"]
)
def test_a_time_without_a_known_zone_or_an_ambiguous_day_is_no_instant(raw: str) -> None:
    assert instant(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "",
        "yesterday",
        "2026-13-22T10:00:00Z",
        "2026-02-30T10:00:00Z",
        "2026-11-22T25:00:00Z",
        "2026-11-22T10:61:00Z",
        "2026-11-22T10:00:61Z",
        "2026-11-22T10:00:00+99:00",
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+05:00",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 01 Jan 1970 01:00:00 GMT",
        "Wed, 31 Dec 1969 19:00:00 -0500",
        "1899-12-30T00:00:00Z",
        "22 Nov 2026 10:00 PM AM GMT",
        "22 Nov 2026 13:00 PM GMT",
        "Sun, 22 Nox 2026 10:00:00 GMT",
        "9" * 1_000,
    ],
)
def test_what_is_no_date_or_the_mark_of_an_empty_field_is_none(raw: str | None) -> None:
    assert instant(raw) is None


def test_midnight_is_an_instant_where_the_feed_states_it() -> None:
    assert instant("2026-11-22T00:00:00Z") == datetime(2026, 11, 22, tzinfo=UTC)


def test_a_leap_second_is_read_as_the_one_before() -> None:
    assert instant("2016-12-31T23:59:60Z") == datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)


@given(st.datetimes(min_value=datetime(1970, 1, 3), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds are naive by contract
def test_what_python_writes_is_read_back(moment: datetime) -> None:
    assert instant(moment.isoformat(timespec="seconds")) == moment.replace(microsecond=0)
    assert instant(f"{moment:%a, %d %b %Y %H:%M:%S} +0000") == moment.replace(microsecond=0)


@given(
    st.text(max_size=60)
    | st.from_regex(r"[0-9]{1,4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})", fullmatch=True)
)
def test_any_text_gives_an_aware_utc_instant_or_none(raw: str) -> None:
    found = instant(raw)

    assert found is None or found.tzinfo is UTC
    assert found is None or day(raw) is not None
