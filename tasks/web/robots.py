"""The Robots Exclusion Protocol (RFC 9309): whether a page may be fetched, and how fast its host wants to be crawled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from protego import Protego

from tasks.errors import FetchError
from tasks.web.host_files import NETWORK_REASONS, HostFiles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime

    from yarl import URL

    from tasks.model import Fetched
    from tasks.web.limits import WebLimits
    from warehouse.rows import HostFileRow

PATH = "/robots.txt"

# The spellings that protego takes for a User-agent line.
_AGENT_LINE = re.compile(r"\A\s*user(?:-|\s*)agent(?:\s*:|\s)(?P<product>[^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What one host's robots.txt says to us. rules: None where no line of it is addressed to anybody."""

    origin: str
    product: str
    rules: Protego | None

    def allows(self, url: str) -> bool:
        """Whether we may fetch that URL of the host."""
        return self.rules is None or bool(self.rules.can_fetch(url, self.product))

    @property
    def says_anything(self) -> bool:
        """Whether any line of it is addressed to anybody."""
        return self.rules is not None

    @property
    def refuses_front_page(self) -> bool:
        """Whether it forbids `/`."""
        return not self.allows(self.origin + "/")

    @property
    def crawl_delay_seconds(self) -> float | None:
        """Its Crawl-delay, None where it names none that makes sense."""
        return (self.rules.crawl_delay(self.product) or None) if self.rules else None


class Robots:
    """The rules of every host asked about.

    fetch: gets a robots.txt, redirects followed, without asking robots.txt. user_agent: our full one; hosts address its product token.
    remembered: what earlier runs learned.
    """

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[Fetched]],
        user_agent: str,
        limits: WebLimits,
        *,
        clock: Callable[[], datetime],
        remembered: Iterable[HostFileRow] = (),
    ) -> None:
        read = partial(read_rules, product=user_agent.partition("/")[0].strip())
        self._max_crawl_delay_seconds = limits.max_crawl_delay_seconds
        self.files = HostFiles(PATH, fetch, read, limits, waits=True, clock=clock, remembered=remembered)

    async def check(self, target: URL, *, requested_url: str) -> float:
        """The Crawl-delay of the target's host in seconds, cut to the ceiling, 0 where there is none.

        Raises FetchError for the requested URL: robots if the rules forbid the target; robots, retryable, while they cannot be had; the
        reason itself where the host cannot be reached at all.
        """
        told = await self.files.of(str(target.origin()))
        if told.failure:
            failure = told.failure
            if failure.reason in NETWORK_REASONS:
                raise FetchError(requested_url, failure.reason, f"robots.txt: {failure.detail}", retryable=failure.retryable)
            raise FetchError(requested_url, "robots", f"robots.txt: {failure.detail or failure.reason}", retryable=True)
        if told.rules is None:
            return 0.0
        if not told.rules.allows(str(target)):
            raise FetchError(requested_url, "robots", "disallowed by robots.txt")
        return min(told.rules.crawl_delay_seconds or 0.0, self._max_crawl_delay_seconds)


def read_rules(origin: str, text: str, *, product: str) -> RobotsRules:
    """The rules of a robots.txt. A rule above every User-agent line is for nobody, so a web page in its place says nothing."""
    lines = text.splitlines()
    if not any(_AGENT_LINE.match(line) for line in lines):
        return RobotsRules(origin, product, None)
    return RobotsRules(origin, product, Protego.parse(_with_other_products_as_one(lines, product.lower())))


def _with_other_products_as_one(lines: Iterable[str], product: str) -> str:
    """The same rules for us. protego copies a rule for each product its group names: thousands of both would take minutes and gigabytes."""
    return "\n".join(_AGENT_LINE.sub(partial(_ours_or_other, product), line) for line in lines)


def _ours_or_other(product: str, line: re.Match[str]) -> str:
    named = line["product"].strip().lower().replace("*", "")
    return line[0] if named in product else "User-agent: other"
