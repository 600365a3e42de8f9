"""The one door to the network: a bounded, guarded, polite GET."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Self

from tasks.errors import FetchError
from tasks.model import Fetched, Hop, Validators
from tasks.polling.retry_after import retry_after
from tasks.web.encoding import decode_body
from tasks.web.exchange import Answer, Exchanges, always_sent
from tasks.web.failures import fetch_error
from tasks.web.guard import AddressRefused
from tasks.web.pacing import Pacing
from tasks.web.private import PrivateHeaders
from tasks.web.reach import Reach
from tasks.web.reservations import Reservations
from tasks.web.resolver import SystemLookup
from tasks.web.robots import Robots
from tasks.web.target import parse_target

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection
    from datetime import datetime

    from yarl import URL

    from tasks.web.limits import WebLimits
    from tasks.web.resolver import Lookup
    from warehouse.rows import HostFileRow

_SLOW_DOWN = frozenset({429, 503})
_PRINTABLE_ASCII = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,1022}[\x21-\x7e])?")
_NO_VALIDATORS = Validators()
_PUBLIC_WEB = Reach()


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one `get` wants, the same at every hop."""

    url: str
    headers: dict[str, str]
    max_body_bytes: int
    max_redirects: int
    obey_robots: bool
    obey_reservations: bool = False
    private: PrivateHeaders | None = None


class WebClient:
    """Fetches pages and feeds over one pool of connections; an async context manager.

    user_agent: sent as it is, `product/version (+contact)`; robots.txt rules are matched on the product.
    group_of: URL of a host -> the group that shares a pace, usually its registrable domain. clock: the present as an aware UTC datetime.
    chance: a number from 0 up to 1, another one at each call, for what must not beat in time. reach: where requests may go.
    lookup: who is asked for addresses; None for the system. keep: called with every robots.txt and tdmrep.json as it was fetched.
    remembered: what earlier runs learned of hosts.
    """

    def __init__(
        self,
        limits: WebLimits,
        *,
        user_agent: str,
        group_of: Callable[[str], str],
        clock: Callable[[], datetime],
        chance: Callable[[], float],
        reach: Reach = _PUBLIC_WEB,
        lookup: Lookup | None = None,
        keep: Callable[[Fetched], Awaitable[None]] | None = None,
        remembered: Collection[HostFileRow] = (),
    ) -> None:
        if not _PRINTABLE_ASCII.fullmatch(user_agent):
            raise ValueError("user_agent must be printable ASCII")
        self._limits = limits
        self._always_sent = always_sent(user_agent)
        self._group_of = lru_cache(limits.robots_max_hosts)(group_of)
        self._clock = clock
        self._reach = reach
        self._keep = keep
        self._exchanges = Exchanges(limits, reach, lookup or SystemLookup(limits.dns_threads))
        self._pacing = Pacing(
            interval_seconds=limits.group_interval_seconds,
            group_requests=limits.group_requests,
            total_requests=limits.total_requests,
            jitter_share=limits.jitter_share,
            chance=chance,
        )
        get_rules = partial(self._get_host_file, accept="text/plain, */*;q=0.1", obey_robots=False)
        self._robots = Robots(get_rules, user_agent, limits, clock=clock, remembered=remembered)
        get_reservations = partial(self._get_host_file, accept="application/json, */*;q=0.1", obey_robots=True)
        self._reservations = Reservations(get_reservations, limits, clock=clock, remembered=remembered)

    async def __aenter__(self) -> Self:
        self._exchanges.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._reservations.files.close()
        await self._robots.files.close()
        await self._exchanges.close()

    async def get(
        self,
        url: str,
        *,
        accept: str,
        max_body_bytes: int,
        validators: Validators = _NO_VALIDATORS,
        obey_robots: bool = True,
        obey_reservations: bool = False,
        private: PrivateHeaders | None = None,
    ) -> Fetched:
        """Whatever the server finally answers, be its status 200, 304, 404 or 500, after redirects.

        accept: the Accept header. max_body_bytes: bound on the body, both as transferred and decoded.
        validators: sent if they are fit for a header, at every hop. private: sent to its own origin only, and not told in the result.
        obey_reservations: whether hosts are asked for their tdmrep.json, and pages that it reserves are not fetched.
        Raises FetchError for everything that is no such answer.
        """
        headers = {**self._always_sent, "Accept": accept, **_conditions(validators)}
        ask = _Ask(url, headers, max_body_bytes, self._limits.max_redirects, obey_robots, obey_reservations, private)
        return await self._follow(ask, [])

    def learned(self) -> tuple[HostFileRow, ...]:
        """What hosts told that were asked for their rules since the client was opened: to be remembered for the next one."""
        return (*self._robots.files.learned(), *self._reservations.files.learned())

    async def _get_host_file(self, url: str, *, accept: str, obey_robots: bool) -> Fetched:
        limits = self._limits
        headers = {**self._always_sent, "Accept": accept}
        hops: list[Hop] = []
        try:
            fetched = await self._follow(_Ask(url, headers, limits.robots_max_bytes, limits.robots_max_redirects, obey_robots), hops)
        except FetchError as failure:
            if not hops or failure.reason in {"too_many_redirects", "robots"}:
                raise
            detail = f"redirected to where it cannot be had: {failure.reason}" + (f", {failure.detail}" if failure.detail else "")
            raise FetchError(url, "protocol", detail, retryable=True) from failure  # the host itself answered
        if self._keep:
            await self._keep(fetched)
        return fetched

    async def _follow(self, ask: _Ask, hops: list[Hop]) -> Fetched:
        """The answer at the end of the redirects. Each hop is a request of its own to the guard, to robots.txt and to pacing.

        hops: empty; redirects are noted there as they come, also if there is no answer in the end.
        """
        target = self._target(ask, ask.url)
        seen, spent = {target}, 0.0
        while True:
            answer = await self._visit(target, ask, self._limits.total_seconds - spent)
            spent += answer.seconds
            if answer.location is None:
                return self._fetched(ask, target, answer, hops, spent)
            hops.append(Hop(str(target), answer.status, answer.location, answer.headers))
            target = self._target(ask, answer.location, base=str(target))
            hops[-1] = replace(hops[-1], location=str(target))
            if target in seen:
                raise FetchError(ask.url, "too_many_redirects", "a loop")
            if len(hops) > ask.max_redirects:
                raise FetchError(ask.url, "too_many_redirects", f"more than {ask.max_redirects}")
            seen.add(target)

    def _target(self, ask: _Ask, reference: str, *, base: str = "") -> URL:
        """Where to go next, if we may go there. Raises FetchError bad_url, refused_address."""
        try:
            target = parse_target(reference, base=base, max_characters=self._limits.max_url_characters)
            self._reach.check(target)
        except ValueError as cause:
            detail = f"redirected to a URL that is {str(cause)!a}" if base else ascii(str(cause))
            raise FetchError(ask.url, "bad_url", detail) from cause
        except AddressRefused as cause:
            raise fetch_error(ask.url, cause) from cause
        return target

    async def _visit(self, target: URL, ask: _Ask, seconds_left: float) -> Answer:
        """One hop, when its host's rules and pace allow it."""
        group = self._group_of(str(target.origin()))
        if ask.obey_robots:
            self._pacing.stretch(group, await self._robots.check(target, requested_url=ask.url))
        if ask.obey_reservations:
            await self._reservations.check(target, requested_url=ask.url)
        headers = {**ask.headers, **ask.private.for_origin(target)} if ask.private else ask.headers
        async with self._pacing.turn(group):
            answer = await self._exchanges.get(ask.url, target, headers, max_body_bytes=ask.max_body_bytes, seconds=seconds_left)
        if answer.status in _SLOW_DOWN:
            self._slow_down(group, answer)
        return answer

    def _slow_down(self, group: str, answer: Answer) -> None:
        """Start no request to the group for as long as a 429, a 503 or its Retry-After asks."""
        limits = self._limits
        asked = retry_after(answer.header("retry-after"), self._clock()) or timedelta(seconds=limits.slow_down_seconds)
        seconds = min(asked.total_seconds(), limits.max_slow_down_seconds)
        self._pacing.slow_down(group, asyncio.get_running_loop().time() + seconds)

    def _fetched(self, ask: _Ask, target: URL, answer: Answer, hops: list[Hop], seconds: float) -> Fetched:
        return Fetched(
            requested_url=ask.url,
            final_url=str(target),
            status=answer.status,
            headers=answer.headers,
            wire_body=answer.wire_body,
            body=decode_body(ask.url, answer.wire_body, answer.headers, max_bytes=ask.max_body_bytes),
            hops=tuple(hops),
            fetched_at=self._clock(),
            duration_ms=round(seconds * 1000),
            sent_headers=tuple(ask.headers.items()),
        )


def _conditions(validators: Validators) -> dict[str, str]:
    """The conditional headers (RFC 9110 section 13.1). A validator that does not fit into a header line is left out."""
    given = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return {name: value for name, value in given if value and _PRINTABLE_ASCII.fullmatch(value)}
