"""What the report is about, and how much of it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Window:
    """From since up to until, in UTC. publisher_id: of that publisher alone; None: of all."""

    since: datetime
    until: datetime
    publisher_id: str | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many rows the report shows of what, and from when on a feed is late or silent (where its habit is not known).

    days: days of publication; members: articles shown of a cluster; cleaned_articles: of how many it counts what was removed, the newest.
    """

    rows: int
    days: int
    clusters: int
    members: int
    cleaned_articles: int
    late_after: timedelta
    silent_after: timedelta
