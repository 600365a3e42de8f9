"""Instants and days from the dates that feeds carry, or None: never a guess.

Sources: RFC 3339 and ISO 8601 (Atom, JSON Feed, Dublin Core, sitemaps), RFC 5322 section 3.3 and 4.3 with RFC 822's zones (RSS).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone

from tasks.text.metadata.dates import ascii_digits, month_numbers

LONGEST_DATE = 100

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,12})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE = r"(?:\s*\(?(?P<zone>(?:(?:GMT|UTC)\s?)?[+\u2212-]\d{1,2}(?::?\d{2})?|[A-Za-z]{1,5})\)?(?:\s*\([^)]*\))?)?"
_TIME = rf"(?:,?\s+(?:at\s+)?{_CLOCK}{_ZONE})?"
_MONTH = r"(?:de\s+)?(?P<month>[^\W\d][^\s\d.,:]{1,14}(?:\s(?:الثاني|الأول))?|\d{1,2}[月월])\.?(?:\s+de)?"
_WEEKDAY = r"(?:[^\W\d][^\s\d,]{0,14},?\s+)?"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # RFC 3339, ISO 8601 extended and basic; a space, a missing T and missing seconds are tolerated
        rf"(?P<year>\d{{4}})-?(?P<month>\d{{2}})-?(?P<day>\d{{2}})(?:[Tt\s]\s*{_CLOCK}{_ZONE})?",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})[Tt](?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>[Zz]|[+-]\d{2}:?\d{2})?",
        # RFC 5322; the weekday in any language, months by their full names, hyphens and a comma before the time are tolerated
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?[\s-]+{_MONTH}[\s-]+(?P<year>\d{{4}}|\d{{2}}){_TIME}",
        # month first, as North American publishers write
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
        # asctime with a zone, as `date` prints it
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}{_ZONE}\s+(?P<year>\d{{4}})",
        # year first with the signs or slashes of East Asia; a weekday may follow in brackets
        rf"(?P<year>\d{{4}})(?:\s?[年년.]\s?|/)(?P<month>\d{{1,2}})(?:\s?[月월.]\s?|/)(?P<day>\d{{1,2}})\s?[日일.]?(?:\s?\([^)]{{1,4}}\))?{_TIME}",
        # day first with full stops, as in much of Europe
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})\.\s?(?P<month>\d{{1,2}})\.\s?(?P<year>\d{{4}}){_TIME}",
    )
)
_HAN_MONTHS = {
    name: number for number, name in enumerate("一月 二月 三月 四月 五月 六月 七月 八月 九月 十月 十一月 十二月".split(), start=1)
}
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200e\u200f\u061c\ufeff")) | {ord("،"): ","}
"""Marks of direction that stand around numbers, and a comma."""

_LEAP_SECOND = 60
_MINUTES_OF_AN_HOUR = 60
_NOON = 12
_FIRST_YEAR_OF_LAST_CENTURY = 50
_WIDEST_OFFSET = timedelta(hours=15)
_EMPTY = (
    (datetime(1899, 12, 29, tzinfo=UTC), datetime(1900, 1, 3, tzinfo=UTC)),
    (datetime(1969, 12, 31, tzinfo=UTC), datetime(1970, 1, 2, tzinfo=UTC)),
)
"""What an empty field becomes in spreadsheets and in systems that count from 1970, give or take somebody's zone: [from, to)."""

_ZONES = {
    # RFC 822, section 5.1
    "z": 0, "ut": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    # unambiguous in practice; others (IST, AST, BST, ...) name several zones and give no instant
    "utc": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "awst": 8, "acst": 9.5, "acdt": 10.5, "nzst": 12, "nzdt": 13, "akst": -9, "akdt": -8, "hst": -10,
    "sast": 2, "wat": 1, "eat": 3, "trt": 3, "pkt": 5, "npt": 5.75, "wib": 7, "wita": 8, "ict": 7, "hkt": 8, "sgt": 8, "brt": -3,
}  # fmt: skip
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\u2212-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)


def instant(raw: str | None) -> datetime | None:
    """The instant a date names, in UTC; None unless it states a day, a time of day and its zone.

    The weekday is ignored (it is often wrong). Two-digit years as RFC 5322, 4.3 says. Second 60 is read as 59. Year 1 and the days
    around the beginning of a calendar that computers count from are what empty fields look like: None.
    """
    parts = _parts(raw)
    return _instant(parts) if parts is not None else None


def day(raw: str | None) -> date | None:
    """The publisher's own calendar day that a date names, be it with a time of day or without; None for empty fields and no dates."""
    parts = _parts(raw)
    stated = _stated(parts, timedelta(0)) if parts is not None else None
    return stated.date() if stated is not None and not _is_empty(stated) else None


def moment(*raws: str | None) -> tuple[datetime | None, date | None]:
    """(instant, day) of the first that names an instant, else of the first that names a day.

    The instant is None where none is named; the day is the publisher's own, and None where it is that of the instant in UTC.
    """
    named = next((raw for raw in raws if instant(raw)), None) or next((raw for raw in raws if day(raw)), None)
    at, on = instant(named), day(named)
    return at, None if at and at.date() == on else on


def _parts(raw: str | None) -> dict[str, str | None] | None:
    if not raw or len(raw) > LONGEST_DATE:
        return None
    text = raw if raw.isascii() else ascii_digits(unicodedata.normalize("NFKC", raw)).translate(_UNSEEN)
    text = " ".join(text.split())
    found = next((match for form in _FORMS if (match := form.fullmatch(text)) is not None), None)
    return found.groupdict() if found is not None else None


def _instant(parts: dict[str, str | None]) -> datetime | None:
    offset = _offset(parts.get("zone") or "")
    stated = _stated(parts, offset) if offset is not None and parts.get("hour") else None
    try:
        found = stated.astimezone(UTC) if stated is not None else None
    except OverflowError:
        return None
    return found if found is not None and not _is_empty(found) else None


def _stated(parts: dict[str, str | None], offset: timedelta) -> datetime | None:
    month = _month(parts["month"] or "")
    hour = _hour(int(parts.get("hour") or 0), parts.get("half"))
    if month is None or hour is None:
        return None
    second, zone = int(parts.get("second") or 0), timezone(offset)
    second = 59 if second == _LEAP_SECOND else second
    try:
        return datetime(_year(parts["year"] or ""), month, int(parts["day"] or 0), hour, int(parts.get("minute") or 0), second, tzinfo=zone)
    except ValueError:
        return None


def _is_empty(moment: datetime) -> bool:
    return moment.year <= 1 or any(start <= moment < end for start, end in _EMPTY)


def _year(text: str) -> int:
    """RFC 5322, 4.3: 00 to 49 is this century, 50 to 99 the last."""
    year = int(text)
    if len(text) == len("1999"):
        return year
    return year + (2000 if year < _FIRST_YEAR_OF_LAST_CENTURY else 1900)


def _month(text: str) -> int | None:
    number = text.rstrip("月월")
    if number.isdigit():
        return int(number)
    return _HAN_MONTHS.get(text) or month_numbers().get(text.casefold())


def _hour(hour: int, half: str | None) -> int | None:
    if not half:
        return hour
    if not 1 <= hour <= _NOON:
        return None
    return hour % _NOON + (_NOON if half[0] in "pP" else 0)


def _offset(zone: str) -> timedelta | None:
    """Zones of RFC 822 and a few more by name; `-0000` and `-00:00` name an instant in UTC (RFC 5322, 3.3)."""
    found = _OFFSET.fullmatch(zone)
    if found is None:
        hours = _ZONES.get(zone.lower())
        return timedelta(hours=hours) if hours is not None else None
    sign, offset_hours, minutes = found.groups()
    size = timedelta(hours=int(offset_hours), minutes=int(minutes or 0))
    if size > _WIDEST_OFFSET or int(minutes or 0) >= _MINUTES_OF_AN_HOUR:
        return None
    return size if sign == "+" else -size
