"""Names -> addresses that may be dialled."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address
from typing import TYPE_CHECKING, Protocol

from aiohttp.abc import AbstractResolver, ResolveResult

from tasks.web.guard import AddressRefused, is_allowed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.web.guard import Networks


_MOST_ADDRESSES = 8
"""Of one host; each of them might be dialled, so a name with thousands would turn us against others."""


class Lookup(Protocol):
    """Asks for the addresses of names."""

    async def addresses(self, host: str) -> Sequence[str]:
        """Numeric addresses, in the order to be tried. Raises OSError when there are none."""

    def close(self) -> None:
        """Ask no more."""


class SystemLookup:
    """The system's resolver, in threads of its own: names that hang hold up other names, never the archive or the warehouse."""

    def __init__(self, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="dns")

    async def addresses(self, host: str) -> Sequence[str]:
        """Numeric addresses; one of a scoped network carries its zone."""
        ask = asyncio.get_running_loop().run_in_executor
        found = await ask(self._pool, socket.getaddrinfo, host, None, socket.AF_UNSPEC, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
        return tuple(dict.fromkeys(_numeric(sockaddr) for *_, sockaddr in found))

    def close(self) -> None:
        """Names that were not asked about yet are let go; threads end with their question."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def _numeric(sockaddr: Sequence[object]) -> str:
    """IPv6 has four parts, the last of them the zone."""
    address = str(sockaddr[0])
    zone = sockaddr[3] if len(sockaddr) > 3 else 0  # noqa: PLR2004 - (address, port, flow, zone)
    return f"{address}%{zone}" if zone and "%" not in address else address


class GuardedResolver(AbstractResolver):
    """A lookup's answers, without the addresses that we do not connect to.

    connect_to: see `tasks.web.reach`.
    """

    def __init__(self, lookup: Lookup, networks: Networks = (), connect_to: Mapping[str, str] | None = None) -> None:
        self._lookup = lookup
        self._networks = networks
        self._routes = {host.lower(): _parse_address(given) for host, given in (connect_to or {}).items()}

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC) -> list[ResolveResult]:
        """The allowed addresses of a host. Raises AddressRefused when it has only others, OSError when it has none."""
        route = self._route(host)
        found = [route] if route else [(address, port) for address in await self._addresses(host)]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "no addresses")
        allowed = [one for one in found if is_allowed(one[0], self._networks)][:_MOST_ADDRESSES]
        if not allowed:
            raise AddressRefused(f"{host!a} has no public address")
        resolved = [_resolved(host, *one) for one in allowed]
        return [one for one in resolved if family in {socket.AF_UNSPEC, one["family"]}]

    async def close(self) -> None:
        """Ask no more."""
        self._lookup.close()

    async def _addresses(self, host: str) -> Sequence[str]:
        try:
            return await self._lookup.addresses(host)
        except UnicodeError as cause:  # a label that no name can have
            raise socket.gaierror(socket.EAI_NONAME, str(cause)) from cause

    def _route(self, host: str) -> tuple[str, int] | None:
        if not self._routes:
            return None
        labels = host.lower().split(".")
        names = [".".join(labels)] + ["*." + ".".join(labels[start:]) for start in range(1, len(labels))]
        return next((self._routes[name] for name in names if name in self._routes), None)


def _parse_address(text: str) -> tuple[str, int]:
    """`ip:port` or `[ip]:port`. Raises ValueError."""
    host, _, port = text.rpartition(":")
    return str(ip_address(host.removeprefix("[").removesuffix("]"))), int(port)


def _resolved(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
