"""`/.well-known/tdmrep.json`: which pages of a host must not be mined.

Source: TDM Reservation Protocol (TDMRep), W3C Community Group Final Report, 10 May 2024, "TDM File on the Origin Server": an array of
rules, the first whose location matches decides; locations match as paths of robots.txt do.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from protego import Protego

from tasks.errors import FetchError
from tasks.web.host_files import HostFiles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from datetime import datetime

    from yarl import URL

    from tasks.model import Fetched
    from tasks.web.limits import WebLimits
    from warehouse.rows import HostFileRow

PATH = "/.well-known/tdmrep.json"

OPTED_OUT = "opted_out"
"""Reason of the FetchError for a page that its host reserves."""

_MOST_RULES = 1_000
_LOCATION = re.compile(r"[/*][^\s#\x00-\x1f\x7f]{0,2000}")
# The report knows the number 1 alone; as text it can mean nothing else.
_RESERVED = (1, "1")


@dataclass(frozen=True, slots=True)
class Reservation:
    """One rule: what it speaks of, written as the only Disallow of a robots.txt, and whether it reserves that."""

    location: Protego
    is_reserved: bool


@dataclass(frozen=True, slots=True)
class HostReservations:
    """What one host's file says. Nothing is reserved where it has none, or none that can be read."""

    origin: str
    rules: tuple[Reservation, ...]

    def reserves(self, url: str) -> bool:
        """Whether that URL of the host must not be mined."""
        return next((rule.is_reserved for rule in self.rules if not rule.location.can_fetch(url, "*")), False)

    @property
    def says_anything(self) -> bool:
        """Whether it has any rule."""
        return bool(self.rules)

    @property
    def refuses_front_page(self) -> bool:
        """Whether it reserves `/`."""
        return self.reserves(self.origin + "/")

    @property
    def crawl_delay_seconds(self) -> float | None:
        """It knows none."""
        return None


class Reservations:
    """What every host asked about reserves. fetch: gets the file, redirects followed. remembered: what earlier runs learned."""

    def __init__(
        self,
        fetch: Callable[[str], Awaitable[Fetched]],
        limits: WebLimits,
        *,
        clock: Callable[[], datetime],
        remembered: Iterable[HostFileRow] = (),
    ) -> None:
        self.files = HostFiles(PATH, fetch, read_reservations, limits, waits=False, clock=clock, remembered=remembered)

    async def check(self, target: URL, *, requested_url: str) -> None:
        """Raise FetchError opted_out for the requested URL if the target's host reserves the target."""
        told = await self.files.of(str(target.origin()))
        if told.rules is not None and told.rules.reserves(str(target)):
            raise FetchError(requested_url, OPTED_OUT, "tdmrep.json")


def read_reservations(origin: str, text: str) -> HostReservations:
    """The rules of a tdmrep.json, in order. What is no rule is passed over; what is no array has none."""
    try:
        found = json.loads(text) if text else []
    except (ValueError, RecursionError):
        found = []
    return HostReservations(origin, tuple(_rules(found[:_MOST_RULES] if isinstance(found, list) else [])))


def _rules(found: Iterable[object]) -> Iterator[Reservation]:
    for rule in found:
        if isinstance(rule, dict) and isinstance(location := rule.get("location"), str) and _LOCATION.fullmatch(location):
            yield Reservation(Protego.parse(f"User-agent: *\nDisallow: {location}"), rule.get("tdm-reservation") in _RESERVED)
