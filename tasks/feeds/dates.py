"""Instants from the dates that feeds carry, or None: never a guess.

Sources: RFC 3339 and ISO 8601 (Atom, JSON Feed, Dublin Core), RFC 5322 section 3.3 and 4.3 with RFC 822's zones (RSS).
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

LONGEST_DATE = 100

_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,12})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
_ZONE = r"\s*\(?(?P<zone>(?:(?:GMT|UTC)\s?)?[+\u2212-]\d{1,2}(?::?\d{2})?|[A-Za-z]{1,5})\)?(?:\s*\([^)]*\))?"
_MONTH = r"(?:de\s+)?(?P<month>[^\W\d_]{3,12})\.?(?:\s+de)?"
_WEEKDAY = r"(?:[^\W\d][\w-]{1,14}\.?,?\s+)?"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        # RFC 3339, ISO 8601 extended and basic; a space, a missing T and missing seconds are tolerated
        rf"(?P<year>\d{{4}})-?(?P<month>\d{{2}})-?(?P<day>\d{{2}})[Tt\s]\s*{_CLOCK}{_ZONE}",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})[Tt](?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?P<zone>[Zz]|[+-]\d{2}:?\d{2})",
        # RFC 5322; the weekday in any language, months by their full names, hyphens and a comma before the time are tolerated
        rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º)?[\s-]+{_MONTH}[\s-]+(?P<year>\d{{4}}|\d{{2}}),?\s+{_CLOCK}{_ZONE}",
        # month first, as North American publishers write
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}),?\s+(?:at\s+)?{_CLOCK}{_ZONE}",
        # asctime with a zone, as `date` prints it
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d{{1,2}})\s+{_CLOCK}{_ZONE}\s+(?P<year>\d{{4}})",
    )
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier janv ene enero gen gennaio janeiro januari stycznia sty января янв ocak",
            "feb february februar février févr fév febrero febbraio fev fevereiro februari lutego lut февраля фев şubat",
            "mar march mär märz mars marzo março maart mrt marts marca марта мар mart",
            "apr april avr avril abr abril aprile kwietnia kwi апреля апр nisan",
            "may mai mayo mag maggio maio mei maj maja мая mayıs",
            "jun june juni juin junio giu giugno junho czerwca cze июня июн haziran",
            "jul july juli juillet juil julio lug luglio julho lipca lip июля июл temmuz",
            "aug august août aoû ago agosto augustus augusti sierpnia sie августа авг ağustos",
            "sep sept september septembre septiembre setiembre set settembre setembro września wrz сентября сен сент eylül",
            "oct october okt oktober octobre octubre ott ottobre out outubro października paź октября окт ekim",
            "nov november novembre noviembre novembro listopada ноября ноя нояб kasım",
            "dec december dez dezember déc décembre dic diciembre dicembre dezembro grudnia gru декабря дек aralık",
        ),
        start=1,
    )
    for name in names.split()
}
"""Months in English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Danish, Norwegian, Polish, Russian and Turkish, full and
short. Source: Unicode CLDR, gregorian calendar. A name that is another month in another language does not stand here.
"""

_LEAP_SECOND = 60
_MINUTES_OF_AN_HOUR = 60
_NOON = 12
_FIRST_YEAR_OF_LAST_CENTURY = 50
_WIDEST_OFFSET = timedelta(hours=15)

_ZONES = {
    # RFC 822, section 5.1
    "z": 0, "ut": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
    # unambiguous in practice; others (IST, AST, BST, ...) name several zones and give no instant
    "utc": 0, "wet": 0, "west": 1, "cet": 1, "cest": 2, "mez": 1, "mesz": 2, "eet": 2, "eest": 3, "msk": 3, "jst": 9, "kst": 9,
    "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
_OFFSET = re.compile(r"(?:GMT|UTC)?\s?([+\u2212-])(\d{1,2}):?(\d{2})?", re.IGNORECASE)


def instant(raw: str | None) -> datetime | None:
    """The instant a date names, in UTC; None unless it states a day, a time of day and its zone.

    The weekday is ignored (it is often wrong). Two-digit years as RFC 5322, 4.3 says. Second 60 is read as 59. Year 1 and the first
    instant of 1970 are what empty database fields look like: None.
    """
    if not raw or len(raw) > LONGEST_DATE:
        return None
    text = " ".join(raw.split())
    matches = (form.fullmatch(text) for form in _FORMS)
    found = next((match for match in matches if match is not None), None)
    return _instant(found.groupdict()) if found is not None else None


def _instant(parts: dict[str, str | None]) -> datetime | None:
    month = _month(parts["month"] or "")
    offset = _offset(parts["zone"] or "")
    hour = _hour(int(parts["hour"] or 0), parts.get("half"))
    second = int(parts.get("second") or 0)
    if month is None or offset is None or hour is None:
        return None
    year, day, minute = _year(parts["year"] or ""), int(parts["day"] or 0), int(parts["minute"] or 0)
    try:
        stated = datetime(year, month, day, hour, minute, 59 if second == _LEAP_SECOND else second, tzinfo=timezone(offset))
        found = stated.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return None if found.year <= 1 or found.timestamp() == 0 else found


def _year(text: str) -> int:
    """RFC 5322, 4.3: 00 to 49 is this century, 50 to 99 the last."""
    year = int(text)
    if len(text) == len("1999"):
        return year
    return year + (2000 if year < _FIRST_YEAR_OF_LAST_CENTURY else 1900)


def _month(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    return _MONTHS.get(text.lower())


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
