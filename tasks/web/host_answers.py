"""What a host's answer to a request for its robots.txt or tdmrep.json means, and for how long. Pure: `now` comes in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from tasks.polling.retry_after import retry_after
from tasks.urls import registrable_domain
from warehouse.rows import HostFileRow

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tasks.errors import FetchError
    from tasks.model import Fetched
    from tasks.web.limits import WebLimits

OK, ABSENT, UNREACHABLE = "ok", "absent", "unreachable"

# RFC 9309 section 2.3.1.2: a robots.txt behind too many redirects may be taken as unavailable. A file that robots.txt forbids is not read.
_AS_ABSENT = frozenset({"too_many_redirects", "robots"})
_TOO_MANY_REQUESTS = 429
_UNCACHED = re.compile(r"(?:^|,)\s*no-(?:store|cache)\b")
_MAX_AGE = re.compile(r"(?:^|,)\s*max-age\s*=\s*\"?(\d{1,9})")
_AGE = re.compile(r"\s*(\d{1,9})\s*")


class Rules(Protocol):
    """What such a file says."""

    @property
    def says_anything(self) -> bool:
        """Whether any line of it speaks to us or to others."""

    @property
    def refuses_front_page(self) -> bool:
        """Whether we may not have the host's front page."""

    @property
    def crawl_delay_seconds(self) -> float | None:
        """How far apart it wants requests to start, None if it does not say."""


@dataclass(frozen=True, slots=True)
class Asking:
    """One request for a file of a host.

    failing_since: since when it could not be had, None if it could, or was never asked for. waits: whether a host that answers with an
    error is left alone for now, as RFC 9309 section 2.3.1.4 asks for robots.txt; if not, it counts as one without the file.
    """

    origin: str
    path: str
    now: datetime
    failing_since: datetime | None
    waits: bool
    limits: WebLimits

    def answered(self, fetched: Fetched, read: Callable[[str, str], Rules]) -> HostFileRow:
        """RFC 9309 section 2.3.1: 4xx means no rules, 5xx means everything is forbidden for now, as does 429, which asks for less."""
        if fetched.status >= 500 or fetched.status == _TOO_MANY_REQUESTS:  # noqa: PLR2004 - the class of the status
            asked = retry_after(fetched.header("retry-after"), self.now) or timedelta(0)
            return replace(self._unreachable(f"answered {fetched.status}", asked), http_status=fetched.status)
        seconds = lifetime_seconds(fetched, least=self.limits.robots_least_seconds, most=self.limits.robots_seconds)
        held = replace(self._absent(seconds), http_status=fetched.status)
        if not 200 <= fetched.status < 300:  # noqa: PLR2004 - the class of the status
            return held
        content = fetched.body.decode("utf-8-sig", "replace").replace("\0", "\ufffd")
        rules = read(self.origin, content)
        return replace(
            held,
            outcome=OK,
            content=content if rules.says_anything else None,  # a web page in its place is not worth the room
            refuses_front_page=rules.refuses_front_page,
            crawl_delay_seconds=rules.crawl_delay_seconds,
        )

    def failed(self, failure: FetchError) -> HostFileRow:
        """What came was no answer that can be used."""
        error = failure.reason + (f", {failure.detail}" if failure.detail else "")
        if failure.reason in _AS_ABSENT:
            return replace(self._absent(self.limits.robots_seconds), error=error)
        return self._unreachable(error, timedelta(0))

    def _absent(self, seconds: float) -> HostFileRow:
        publisher_id, until = registrable_domain(self.origin), self.now + timedelta(seconds=seconds)
        return HostFileRow(self.origin, self.path, publisher_id, ABSENT, None, None, None, False, None, self.now, until, None)

    def _unreachable(self, error: str, asked: timedelta) -> HostFileRow:
        """Asked again after as long as it has been failing, or later if it asks for that. After a month it forbids nothing any more."""
        limits = self.limits
        since = min(self.failing_since or self.now, self.now)
        failing = (self.now - since).total_seconds()
        asked_seconds = min(asked.total_seconds(), limits.robots_seconds)
        seconds = max(min(failing, limits.robots_max_failure_seconds), limits.robots_failure_seconds, asked_seconds)
        refuses = self.waits and failing < limits.robots_unreachable_seconds
        return replace(self._absent(seconds), outcome=UNREACHABLE, error=error, refuses_front_page=refuses, failing_since=since)


def lifetime_seconds(fetched: Fetched, *, least: float, most: float) -> float:
    """How long an answer holds by its Cache-Control and Age (RFC 9111 section 4.2), within bounds; the longest where it does not say."""
    control = ",".join(value for name, value in fetched.headers if name.lower() == "cache-control").lower()
    if _UNCACHED.search(control):
        return least
    named = _MAX_AGE.search(control)
    if named is None:
        return most
    age = _AGE.fullmatch(fetched.header("age") or "")
    return min(max(float(named[1]) - (float(age[1]) if age else 0.0), least), most)
