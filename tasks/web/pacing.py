"""Politeness: how soon after one another, and how many at once, requests may start."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

_SWEEP_AT_LEAST = 1024


class _Group:
    """Hosts that share one pace. ready_at: loop time before which no request to them starts."""

    __slots__ = ("gate", "interval_seconds", "ready_at", "slots", "waiting")

    def __init__(self, interval_seconds: float, requests: int) -> None:
        self.interval_seconds = interval_seconds
        self.ready_at = 0.0
        self.waiting = 0
        self.slots = asyncio.Semaphore(requests)
        self.gate = asyncio.Lock()


class Pacing:
    """Requests of one group start at least `interval_seconds` apart, in the order they came, and at most `group_requests` are in flight.

    Over all groups at most `total_requests` are in flight; one that only waits for its time does not count. At most one request of a group
    stands in line for them, so a group with thousands waits no shorter than one with a single request. A group is named by any string,
    usually a registrable domain. Times are the event loop's.

    jitter_share: each interval is longer by up to this share of it. chance: a number from 0 up to 1, another one at each call.
    """

    def __init__(
        self,
        *,
        interval_seconds: float,
        group_requests: int,
        total_requests: int,
        jitter_share: float = 0.0,
        chance: Callable[[], float] = float,
    ) -> None:
        self._interval_seconds = interval_seconds
        self._group_requests = group_requests
        self._jitter_share = jitter_share
        self._chance = chance
        self._total = asyncio.Semaphore(total_requests)
        self._groups: dict[str, _Group] = {}
        self._sweep_at = _SWEEP_AT_LEAST

    @asynccontextmanager
    async def turn(self, group: str) -> AsyncIterator[None]:
        """Wait until a request to this group may start; it is over when the block ends."""
        pace = self._group(group)
        pace.waiting += 1
        try:
            async with pace.slots:
                async with pace.gate:
                    await _sleep_until_ready(pace)
                    await self._total.acquire()
                    pace.ready_at = max(pace.ready_at, asyncio.get_running_loop().time() + self._interval(pace))
                try:
                    yield
                finally:
                    self._total.release()
        finally:
            pace.waiting -= 1

    def _interval(self, pace: _Group) -> float:
        return pace.interval_seconds * (1.0 + self._jitter_share * self._chance()) if pace.interval_seconds else 0.0

    def stretch(self, group: str, interval_seconds: float) -> None:
        """Never start requests to this group closer together than this, from its next request on; a shorter interval changes nothing."""
        pace = self._group(group)
        pace.interval_seconds = max(pace.interval_seconds, interval_seconds)

    def slow_down(self, group: str, until: float) -> None:
        """Start no request to this group before this loop time; those in flight go on."""
        pace = self._group(group)
        pace.ready_at = max(pace.ready_at, until)

    def _group(self, name: str) -> _Group:
        pace = self._groups.get(name)
        if pace is None:
            self._sweep()
            pace = self._groups[name] = _Group(self._interval_seconds, self._group_requests)
        return pace

    def _sweep(self) -> None:
        """Forget groups that nobody waits for and that could start at once, whenever their number has doubled."""
        if len(self._groups) < self._sweep_at:
            return
        now = asyncio.get_running_loop().time()
        self._groups = {name: pace for name, pace in self._groups.items() if pace.waiting or pace.ready_at > now}
        self._sweep_at = max(_SWEEP_AT_LEAST, 2 * len(self._groups))


async def _sleep_until_ready(pace: _Group) -> None:
    loop = asyncio.get_running_loop()
    while (seconds := pace.ready_at - loop.time()) > 0:  # noqa: ASYNC110 - the time may have moved on meanwhile, never back
        await asyncio.sleep(seconds)
