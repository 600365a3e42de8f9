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
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(timedelta(0), (until if until.tzinfo else until.replace(tzinfo=UTC)) - now)
