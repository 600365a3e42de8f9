"""The files in which a host tells its rules, robots.txt and tdmrep.json: asked for once while they hold, in this run and in later ones."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from tasks.errors import FetchError
from tasks.web.host_answers import UNREACHABLE, Asking, Rules

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from datetime import datetime

    from tasks.model import Fetched
    from tasks.web.limits import WebLimits
    from warehouse.rows import HostFileRow

NETWORK_REASONS = frozenset({"refused_address", "dns", "tls", "connect"})
"""These say that the host itself cannot be had."""

# Not the host's doing for certain, since our own network may be at fault: forgotten when the run ends. A timeout may be either's.
_NOT_KEPT = NETWORK_REASONS | {"timeout"}

Read = TypeVar("Read", bound=Rules)


@dataclass(frozen=True, slots=True)
class Told(Generic[Read]):
    """What a host tells until then, or, where rules is None, why that could not be had."""

    rules: Read | None
    failure: FetchError | None
    until: datetime


class HostFiles(Generic[Read]):
    """One file of every host asked about, fetched once however many ask at the same time.

    fetch: gets the file, redirects followed. read: (origin, text) -> what it says; an empty text for a host that has none.
    waits: whether a host that answers with an error is left alone for now, as RFC 9309 section 2.3.1.4 asks for robots.txt;
    if not, it counts as one without the file. remembered: what earlier runs learned.
    """

    def __init__(
        self,
        path: str,
        fetch: Callable[[str], Awaitable[Fetched]],
        read: Callable[[str, str], Read],
        limits: WebLimits,
        *,
        waits: bool,
        clock: Callable[[], datetime],
        remembered: Iterable[HostFileRow] = (),
    ) -> None:
        self._path = path
        self._fetch = fetch
        self._read = read
        self._limits = limits
        self._waits = waits
        self._clock = clock
        self._remembered = {row.origin: row for row in remembered if row.path == path}
        self._learned: dict[str, HostFileRow] = {}
        self._asked: dict[str, asyncio.Task[Told[Read]]] = {}

    async def of(self, origin: str) -> Told[Read]:
        """What the host of that origin tells now."""
        return await asyncio.shield(self._answer(origin))

    def learned(self) -> tuple[HostFileRow, ...]:
        """What hosts answered that were asked since the client was opened, the newest of them if they are very many."""
        return tuple(self._learned.values())

    async def close(self) -> None:
        """Stop asking."""
        answers = list(self._asked.values())
        for answer in answers:
            answer.cancel()
        await asyncio.gather(*answers, return_exceptions=True)

    def _answer(self, origin: str) -> asyncio.Task[Told[Read]]:
        asked = self._asked.pop(origin, None)
        if asked is None or (asked.done() and (asked.cancelled() or asked.exception() or asked.result().until <= self._clock())):
            self._forget_oldest()
            asked = asyncio.create_task(self._ask(origin))
        self._asked[origin] = asked
        return asked

    def _forget_oldest(self) -> None:
        if len(self._asked) >= self._limits.robots_max_hosts:
            oldest = next((origin for origin, asked in self._asked.items() if asked.done()), None)
            if oldest is not None:
                del self._asked[oldest]

    async def _ask(self, origin: str) -> Told[Read]:
        row = self._learned.get(origin) or self._remembered.get(origin)
        if row and row.fetched_at <= self._clock() < row.expires_at:
            return self._told(row)
        failing_since = row.failing_since if row else None
        try:
            fetched = await self._fetch(origin + self._path)
        except FetchError as failure:
            now = self._clock()
            if failure.reason in _NOT_KEPT:
                return Told(None, failure, now + timedelta(seconds=self._limits.robots_failure_seconds))
            return self._told(self._learn(Asking(origin, self._path, now, failing_since, self._waits, self._limits).failed(failure)))
        asking = Asking(origin, self._path, self._clock(), failing_since, self._waits, self._limits)
        return self._told(self._learn(asking.answered(fetched, self._read)))

    def _learn(self, row: HostFileRow) -> HostFileRow:
        self._learned.pop(row.origin, None)
        if len(self._learned) >= self._limits.robots_max_hosts:
            del self._learned[next(iter(self._learned))]
        self._learned[row.origin] = row
        return row

    def _told(self, row: HostFileRow) -> Told[Read]:
        if row.outcome == UNREACHABLE and row.refuses_front_page:
            return Told(None, FetchError(row.origin, "robots", row.error, retryable=True), row.expires_at)
        return Told(self._read(row.origin, row.content or ""), None, row.expires_at)
