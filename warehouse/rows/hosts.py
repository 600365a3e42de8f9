"""What runs remember of hosts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HostFileRow:
    """One of the files in which a host tells its rules, as an answer to us last said. (origin, path) is unique.

    origin: scheme, host and, unless it is the scheme's own, port. path: /robots.txt or /.well-known/tdmrep.json.
    outcome: ok, absent, unreachable. content: its text where it says anything, None where it does not or could not be had.
    refuses_front_page: whether we may not have the host's front page because of it. crawl_delay_seconds: what it asks for, or None.
    expires_at: when it is to be asked for again. failing_since: since when it could not be had, None where it could.
    """

    origin: str
    path: str
    publisher_id: str
    outcome: str
    http_status: int | None
    error: str | None
    content: str | None
    refuses_front_page: bool
    crawl_delay_seconds: float | None
    fetched_at: datetime
    expires_at: datetime
    failing_since: datetime | None
