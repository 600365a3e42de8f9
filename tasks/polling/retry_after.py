"""How long a server asks to be left alone (RFC 9110, 10.2.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

SECONDS = re.compile(r"\s*(\d{1,9})\s*")


def retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The wait that a Retry-After header names, in seconds or as a date; None if there is none or it makes no sense."""
    if not value:
        return None
    if found := SECONDS.fullmatch(value):
        return timedelta(seconds=int(found[1]))
    until = http_date(value)
    return None if until is None else max(timedelta(0), until - now)


def http_date(value: str | None) -> datetime | None:
    """The instant that a header names (RFC 9110, 5.6.7); None if there is none or it makes no sense."""
    try:
        named = parsedate_to_datetime(value) if value else None
    except (ValueError, OverflowError):
        return None
    return named if named is None or named.tzinfo else named.replace(tzinfo=UTC)
