"""How commands take a time: a day, an instant, or how long ago."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from flows.unusable import Unusable

AGO = re.compile(r"(?P<count>\d{1,6})(?P<unit>[hdw])")
UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}


def instant(text: str, now: datetime) -> datetime:
    """`2026-03-01` (its midnight in UTC), `2026-03-01T12:00` (UTC unless it says otherwise), `12h`, `7d` or `2w` ago. Raises Unusable."""
    ago = AGO.fullmatch(text)
    try:
        if ago:
            return now - int(ago["count"]) * UNITS[ago["unit"]]
        given = datetime.fromisoformat(text)
        return given.astimezone(UTC) if given.tzinfo else given.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as cause:
        raise Unusable(
            f"{text} is no time: write a day (2026-03-01), an instant (2026-03-01T12:00), or how long ago (12h, 7d, 2w)"
        ) from cause
