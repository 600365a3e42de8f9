"""The Robots Exclusion Protocol (RFC 9309): whether a page may be fetched, and how fast its host wants to be crawled."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from protego import Protego

from tasks.errors import FetchError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from yarl import URL

    from tasks.model import Fetched
    from tasks.web.limits import WebLimits

# These say that the host itself cannot be had, so the page fails for the same reason.
_HOST_REASONS = frozenset({"refused_address", "dns", "tls", "connect"})
_TOO_MANY_REQUESTS = 429
# The spellings that protego takes for a User-agent line.
_AGENT_LINE = re.compile(r"\A\s*user(?:-|\s*)agent(?:\s*:|\s)(?P<product>[^#]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Rules:
    """What one host's robots.txt says. rules: None where there are none. failure: why it could not be had, or None."""

    rules: Protego | None = None
    failure: FetchError | None = None


@dataclass(slots=True)
class _Asked:
    """One host's rules, on their way or here. expires_at: loop time; None while on their way."""

    answer: asyncio.Task[_Rules]
    expires_at: float | None = None


class Robots:
    """The rules of every host asked about, each fetched once, however many ask at the same time.

    fetch: gets a robots.txt, redirects followed, without asking robots.txt. user_agent: our full one; hosts address its product token.
    """

    def __init__(self, fetch: Callable[[str], Awaitable[Fetched]], user_agent: str, limits: WebLimits) -> None:
        self._fetch = fetch
        self._token = user_agent.partition("/")[0].strip()
        self._limits = limits
        self._asked: dict[str, _Asked] = {}

    async def check(self, target: URL, *, requested_url: str) -> float:
        """The Crawl-delay of the target's host in seconds, cut to the ceiling, 0 where there is none.

        Raises FetchError for the requested URL: robots if the rules forbid the target; robots, retryable, while they cannot be had; the
        reason itself where the host cannot be reached at all.
        """
        rules = await asyncio.shield(self._rules(target.origin()))
        if rules.failure:
            failure = rules.failure
            reason = failure.reason if failure.reason in _HOST_REASONS else "robots"
            raise FetchError(requested_url, reason, failure.detail, retryable=failure.retryable)
        if rules.rules is None:
            return 0.0
        if not rules.rules.can_fetch(str(target), self._token):
            raise FetchError(requested_url, "robots", "disallowed by robots.txt")
        return min(rules.rules.crawl_delay(self._token) or 0.0, self._limits.max_crawl_delay_seconds)

    async def close(self) -> None:
        """Stop asking."""
        answers = [asked.answer for asked in self._asked.values()]
        for answer in answers:
            answer.cancel()
        await asyncio.gather(*answers, return_exceptions=True)

    def _rules(self, origin: URL) -> asyncio.Task[_Rules]:
        host = str(origin)
        asked = self._asked.get(host)
        if asked and (asked.expires_at is None or asked.expires_at > asyncio.get_running_loop().time()):
            return asked.answer
        self._asked.pop(host, None)
        self._forget_oldest()
        asked = self._asked[host] = _Asked(asyncio.create_task(self._ask(host)))
        asked.answer.add_done_callback(lambda answer: self._expire(asked, answer))
        return asked.answer

    def _expire(self, asked: _Asked, answer: asyncio.Task[_Rules]) -> None:
        if answer.cancelled() or answer.exception():
            seconds = 0.0
        else:
            seconds = self._limits.robots_failure_seconds if answer.result().failure else self._limits.robots_seconds
        asked.expires_at = answer.get_loop().time() + seconds

    def _forget_oldest(self) -> None:
        if len(self._asked) >= self._limits.robots_max_hosts:
            oldest = next((host for host, asked in self._asked.items() if asked.answer.done()), None)
            if oldest is not None:
                del self._asked[oldest]

    async def _ask(self, host: str) -> _Rules:
        try:
            fetched = await self._fetch(f"{host}/robots.txt")
        except FetchError as failure:
            if failure.reason == "too_many_redirects":  # RFC 9309 section 2.3.1.2: may be taken as unavailable
                return _Rules()
            retryable = failure.retryable or failure.reason not in _HOST_REASONS
            detail = f"robots.txt: {failure.reason}" + (f", {failure.detail}" if failure.detail else "")
            return _Rules(failure=FetchError(host, failure.reason, detail, retryable=retryable))
        return _read_rules(host, fetched, self._token)


def _read_rules(host: str, fetched: Fetched, token: str) -> _Rules:
    """RFC 9309 section 2.3.1: 4xx means no rules, 5xx means everything is forbidden for now, as does 429, which asks for less."""
    if 200 <= fetched.status < 300:  # noqa: PLR2004 - the class of the status
        return _Rules(rules=Protego.parse(_with_other_products_as_one(fetched.body.decode("utf-8-sig", "replace"), token)))
    if fetched.status >= 500 or fetched.status == _TOO_MANY_REQUESTS:  # noqa: PLR2004 - the class of the status
        return _Rules(failure=FetchError(host, "robots", f"robots.txt answered {fetched.status}", retryable=True))
    return _Rules()


def _with_other_products_as_one(text: str, token: str) -> str:
    """The same rules for us. protego copies a rule for each product its group names: thousands of both would take minutes and gigabytes."""
    return "\n".join(_AGENT_LINE.sub(partial(_ours_or_other, token.lower()), line) for line in text.splitlines())


def _ours_or_other(token: str, line: re.Match[str]) -> str:
    product = line["product"].strip().lower().replace("*", "")
    return line[0] if product in token else "User-agent: other"
