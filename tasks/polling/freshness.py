"""How long a server says that its answer holds (RFC 9111, 4.2.1 and 5.2.2)."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from tasks.model import Fetched
from tasks.polling.retry_after import http_date

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NEVER = re.compile(r"(?:^|[,\s])no-(?:cache|store)(?:$|[,;\s])", re.IGNORECASE)
_SECONDS = re.compile(r"\s*(\d{1,9})\s*")
_LONGEST_HEADER = 4_096


def fresh_for(fetched: Fetched, now: datetime) -> timedelta | None:
    """From now on; None if it does not say, or says that it is never to be kept. max-age goes before Expires, Age is taken off."""
    control = (fetched.header("cache-control") or "")[:_LONGEST_HEADER]
    if _NEVER.search(control):
        return None
    if found := _MAX_AGE.search(control):
        age = _SECONDS.fullmatch(fetched.header("age") or "")
        return max(timedelta(0), timedelta(seconds=int(found[1]) - int(age[1] if age else 0)))
    expires = http_date(fetched.header("expires"))
    if expires is None:
        return None
    return max(timedelta(0), expires - (http_date(fetched.header("date")) or now))
