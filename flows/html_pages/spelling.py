"""How values read on a page. Instants are aware; they are shown in UTC, and the page says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import urlsplit

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MINUTE, HOUR, DAY = 60, 3_600, 86_400
FEW = 10
KILO = 1_000


def number(value: float | None) -> str:
    """1,234 or 1.5; nothing for None."""
    if value is None:
        return ""
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def share(value: float | None) -> str:
    """A part of 1 in percent, with a decimal below 10 %."""
    if value is None:
        return ""
    percent = 100 * value
    return f"{percent:.1f} %" if 0 < abs(percent) < FEW else f"{percent:.0f} %"


def size(value: int | None) -> str:
    """Bytes in the unit that reads best."""
    if value is None:
        return ""
    amount, units = float(value), ["bytes", "KB", "MB", "GB", "TB"]
    while amount >= KILO and len(units) > 1:
        amount, units = amount / KILO, units[1:]
    return f"{amount:,.0f} {units[0]}" if units[0] == "bytes" or amount >= FEW else f"{amount:.1f} {units[0]}"


def duration(seconds: float | None) -> str:
    """In the two units that read best: 45 s, 12 min, 3 h 5 min, 2 d 4 h, 40 d."""
    if seconds is None:
        return ""
    sign, rest = ("-" if seconds < 0 else ""), round(abs(seconds))
    if rest < 2 * MINUTE:
        return f"{sign}{rest} s"
    if rest < 2 * HOUR:
        return f"{sign}{round(rest / MINUTE)} min"
    if rest < 2 * DAY:
        hours, minutes = divmod(round(rest / MINUTE), 60)
        return f"{sign}{hours} h" + (f" {minutes} min" if minutes and hours < FEW else "")
    days, hours = divmod(round(rest / HOUR), 24)
    return f"{sign}{days:,} d" + (f" {hours} h" if hours and days < FEW else "")


def moment(at: datetime) -> str:
    """For prose: 3 Mar 2026, 09:05 UTC."""
    utc = at.astimezone(UTC)
    return f"{utc.day} {MONTHS[utc.month - 1]} {utc.year}, {utc:%H:%M} UTC"


def stamp(at: datetime) -> str:
    """For tables, whose head says UTC: 2026-03-03 09:05."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def iso(at: datetime) -> str:
    """For the datetime attribute of `<time>`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def web_address(url: str | None) -> str | None:
    """The URL if it may be a link: http or https, with a host, in one piece. None otherwise: it is shown as text."""
    if not url or any(character.isspace() or not character.isprintable() for character in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.hostname else None


def ranges(numbers: Iterable[int]) -> str:
    """Ascending numbers, neighbours drawn together: `3, 7-9`."""
    drawn: list[list[int]] = []
    for number in numbers:
        if drawn and number == drawn[-1][-1] + 1:
            drawn[-1][1:] = [number]
        else:
            drawn.append([number])
    return ", ".join("-".join(map(str, each)) for each in drawn)
