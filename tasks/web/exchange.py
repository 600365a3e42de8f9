"""One request and its answer, within its bounds."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING, TypedDict

import aiohttp
from yarl import URL

from tasks.errors import FetchError
from tasks.web.encoding import ACCEPT_ENCODING
from tasks.web.failures import EXCHANGE_ERRORS, fetch_error
from tasks.web.guard import guarded_socket
from tasks.web.resolver import GuardedResolver

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aiohttp.connector import Connection
    from aiohttp.tracing import Trace

    from tasks.web.limits import WebLimits
    from tasks.web.reach import Reach
    from tasks.web.resolver import Lookup

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_LOWEST_STATUS = 100
_MOST_STALE = 8
_WITHOUT_BODY = frozenset({204, 304})
_SWITCHING_PROTOCOLS = 101
# Through a proxy nothing else is dialled, and its address is the installation's own choice.
_ANYWHERE = (IPv4Network("0.0.0.0/0"), IPv6Network("::/0"))


class _Way(TypedDict, total=False):
    """The arguments of aiohttp's `get` that say what is sent, and through what."""

    headers: Mapping[str, str]
    proxy: URL
    proxy_headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """One hop's answer. wire_body is empty for a redirect. seconds: how long the exchange took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    wire_body: bytes
    seconds: float

    def header(self, name: str) -> str | None:
        """The first header of that name, which is written in lower case."""
        return next((value for key, value in self.headers if key.lower() == name), None)

    @property
    def location(self) -> str | None:
        """Where a redirect leads; None for anything else."""
        return self.header("location") if self.status in REDIRECTS else None


class _Connections(aiohttp.TCPConnector):
    """Connections of which none that is used again holds bytes that nobody asked for: they would be taken for the next answer."""

    async def connect(self, req: aiohttp.ClientRequest, traces: list[Trace], timeout: aiohttp.ClientTimeout) -> Connection:  # noqa: ASYNC109 - its name
        """One out of the pool on which nothing came since its last answer, else a new one."""
        for _ in range(_MOST_STALE):
            connection = await super().connect(req, traces, timeout)
            if connection.protocol is not None and not connection.protocol.should_close:
                return connection
            connection.close()
        raise aiohttp.ServerDisconnectedError("it speaks before it is asked")


class Exchanges:
    """A pool of connections. `open` belongs to the running event loop, `close` ends all of them."""

    def __init__(self, limits: WebLimits, reach: Reach, lookup: Lookup) -> None:
        self._limits = limits
        self._reach = reach
        self._lookup = lookup
        self._proxy, self._proxy_headers = _proxy(reach.proxy)

    def open(self) -> None:
        """Make ready. Raises OSError for a file of certificates that cannot be used."""
        limits, reach = self._limits, self._reach
        dialled = _ANYWHERE if self._proxy else reach.networks
        connector = _Connections(
            resolver=GuardedResolver(self._lookup, dialled, reach.connect_to),
            socket_factory=guarded_socket(dialled, max_wire_bytes=limits.max_wire_bytes),
            ssl=reach.tls() or True,
            keepalive_timeout=limits.keep_alive_seconds,
            limit=0,  # pacing bounds the requests in flight
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding"),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            max_line_size=limits.max_header_bytes,
            max_field_size=limits.max_header_bytes,
            max_headers=limits.max_headers,
        )

    async def close(self) -> None:
        """End all connections."""
        await self._session.close()

    async def get(self, url: str, target: URL, headers: Mapping[str, str], *, max_body_bytes: int, seconds: float) -> Answer:
        """One request to `target` and its answer; the body of a redirect is left unread. Raises FetchError for `url`."""
        limits, loop = self._limits, asyncio.get_running_loop()
        if seconds <= 0:
            raise FetchError(url, "timeout", f"more than {limits.total_seconds} s in redirects", retryable=True)
        timeout = aiohttp.ClientTimeout(total=seconds, connect=limits.connect_seconds, sock_read=limits.silence_seconds)
        started = loop.time()
        try:
            async with self._session.get(target, allow_redirects=False, timeout=timeout, **self._way(target, headers)) as response:
                answer = Answer(response.status, tuple((_text(name), _text(value)) for name, value in response.raw_headers), b"", 0.0)
                has_body = response.status not in _WITHOUT_BODY and answer.location is None
                wire_body = await _read(url, response, max_body_bytes) if has_body else b""
        except EXCHANGE_ERRORS as cause:
            raise fetch_error(url, cause) from cause
        return replace(answer, wire_body=wire_body, seconds=loop.time() - started)

    def _way(self, target: URL, headers: Mapping[str, str]) -> _Way:
        """Directly, or through the proxy: whose credentials open a tunnel to https, and go along with a plain request."""
        if self._proxy is None:
            return {"headers": headers}
        if target.scheme == "https":
            return {"headers": headers, "proxy": self._proxy, "proxy_headers": dict(self._proxy_headers)}
        return {"headers": {**headers, **self._proxy_headers}, "proxy": self._proxy}


def always_sent(user_agent: str) -> dict[str, str]:
    """The headers of every request."""
    return {"User-Agent": user_agent, "Accept-Encoding": ACCEPT_ENCODING}


def _proxy(given: str | None) -> tuple[URL | None, Mapping[str, str]]:
    """Its address apart from its credentials, which then stand in no error."""
    if given is None:
        return None, {}
    url = URL(given)
    return url.with_user(None), {"Proxy-Authorization": aiohttp.encode_basic_auth(url.user, url.password or "")} if url.user else {}


async def _read(url: str, response: aiohttp.ClientResponse, max_body_bytes: int) -> bytes:
    """The body as transferred. Raises FetchError too_large as soon as that is clear, protocol for an answer that is none."""
    if response.status < _LOWEST_STATUS:
        raise FetchError(url, "protocol", f"status {response.status}")
    if response.status == _SWITCHING_PROTOCOLS:
        raise FetchError(url, "protocol", "switched protocols unasked")
    if (response.content_length or 0) > max_body_bytes:
        raise _too_large(url, max_body_bytes)
    pieces, size = list[bytes](), 0
    while piece := await response.content.readany():
        size += len(piece)
        if size > max_body_bytes:
            raise _too_large(url, max_body_bytes)
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _too_large(url: str, max_body_bytes: int) -> FetchError:
    return FetchError(url, "too_large", f"more than {max_body_bytes} bytes")


def _text(header: bytes) -> str:
    """UTF-8, which servers send, else ISO-8859-1, which RFC 9110 section 5.5 allows for."""
    try:
        return header.decode()
    except UnicodeDecodeError:
        return header.decode("iso-8859-1")
