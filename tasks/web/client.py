"""The one door to the network: a bounded, guarded, polite GET."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

import aiohttp

from tasks.errors import FetchError
from tasks.model import Fetched, Hop, Validators
from tasks.web.encoding import ACCEPT_ENCODING, decode_body
from tasks.web.failures import EXCHANGE_ERRORS, fetch_error
from tasks.web.guard import AddressRefused, GuardedResolver, check_literal_host, guarded_socket
from tasks.web.pacing import Pacing
from tasks.web.robots import Robots
from tasks.web.target import parse_target

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from yarl import URL

    from tasks.web.limits import WebLimits

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WITHOUT_BODY = frozenset({204, 304})
_SWITCHING_PROTOCOLS = 101
_PRINTABLE_ASCII = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,1022}[\x21-\x7e])?")
_NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class _Ask:
    """What one `get` wants, the same at every hop."""

    url: str
    headers: dict[str, str]
    max_body_bytes: int
    max_redirects: int
    obey_robots: bool


@dataclass(frozen=True, slots=True)
class _Answer:
    """One hop's answer. wire_body is empty for a redirect. seconds: how long the exchange took."""

    status: int
    headers: tuple[tuple[str, str], ...]
    wire_body: bytes
    seconds: float

    def header(self, name: str) -> str | None:
        return next((value for key, value in self.headers if key.lower() == name), None)


class WebClient:
    """Fetches pages and feeds over one pool of connections; an async context manager.

    group_of: URL -> the group that shares a pace, usually its registrable domain. clock: the present as an aware UTC datetime.
    user_agent: sent as it is, `product/version (+contact)`; robots.txt rules are matched on the product.
    allow_loopback, connect_to: see `tasks.web.guard`.
    """

    def __init__(
        self,
        limits: WebLimits,
        *,
        user_agent: str,
        group_of: Callable[[str], str],
        clock: Callable[[], datetime],
        allow_loopback: bool = False,
        connect_to: Mapping[str, str] | None = None,
    ) -> None:
        if not _PRINTABLE_ASCII.fullmatch(user_agent):
            raise ValueError("user_agent must be printable ASCII")
        self._limits = limits
        self._user_agent = user_agent
        self._group_of = group_of
        self._clock = clock
        self._allow_loopback = allow_loopback
        self._connect_to = connect_to or {}
        self._pacing = Pacing(
            interval_seconds=limits.group_interval_seconds, group_requests=limits.group_requests, total_requests=limits.total_requests
        )
        self._robots = Robots(self._get_robots, user_agent, limits)

    async def __aenter__(self) -> Self:
        limits = self._limits
        connector = aiohttp.TCPConnector(
            resolver=GuardedResolver(self._connect_to, allow_loopback=self._allow_loopback),
            socket_factory=guarded_socket(allow_loopback=self._allow_loopback),
            keepalive_timeout=limits.keep_alive_seconds,
            limit=0,  # pacing bounds the requests in flight
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            headers={"User-Agent": self._user_agent, "Accept-Encoding": ACCEPT_ENCODING},
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            max_line_size=limits.max_header_bytes,
            max_field_size=limits.max_header_bytes,
            max_headers=limits.max_headers,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._robots.close()
        await self._session.close()

    async def get(
        self, url: str, *, accept: str, max_body_bytes: int, validators: Validators = _NO_VALIDATORS, obey_robots: bool = True
    ) -> Fetched:
        """Whatever the server finally answers, be its status 200, 304, 404 or 500, after redirects.

        accept: the Accept header. max_body_bytes: bound on the body, both as transferred and decoded.
        validators: sent if they are fit for a header, at every hop.
        Raises FetchError for everything that is no such answer.
        """
        headers = {"Accept": accept, **_conditions(validators)}
        return await self._follow(_Ask(url, headers, max_body_bytes, self._limits.max_redirects, obey_robots))

    def slow_down(self, url: str, seconds: float) -> None:
        """Start no request to the URL's group for this long, as a 429, a 503 or its Retry-After asks."""
        self._pacing.slow_down(self._group_of(url), asyncio.get_running_loop().time() + seconds)

    async def _get_robots(self, url: str) -> Fetched:
        limits = self._limits
        ask = _Ask(url, {"Accept": "text/plain, */*;q=0.1"}, limits.robots_max_bytes, limits.robots_max_redirects, obey_robots=False)
        return await self._follow(ask)

    async def _follow(self, ask: _Ask) -> Fetched:
        """The answer at the end of the redirects. Each hop is a request of its own to the guard, to robots.txt and to pacing."""
        target = self._target(ask, ask.url)
        seen, hops, spent = {target}, list[Hop](), 0.0
        while True:
            answer = await self._visit(target, ask, self._limits.total_seconds - spent)
            spent += answer.seconds
            location = answer.header("location") if answer.status in _REDIRECTS else None
            if location is None:
                return self._fetched(ask, target, answer, hops, spent)
            origin, target = target, self._target(ask, location, base=str(target))
            hops.append(Hop(str(origin), answer.status, str(target)))
            if target in seen:
                raise FetchError(ask.url, "too_many_redirects", "a loop")
            if len(hops) > ask.max_redirects:
                raise FetchError(ask.url, "too_many_redirects", f"more than {ask.max_redirects}")
            seen.add(target)

    def _target(self, ask: _Ask, reference: str, *, base: str = "") -> URL:
        """Where to go next, if we may go there. Raises FetchError bad_url, refused_address."""
        try:
            target = parse_target(reference, base=base, max_characters=self._limits.max_url_characters)
            check_literal_host(target.raw_host or "", allow_loopback=self._allow_loopback)
        except ValueError as cause:
            detail = f"redirected to a URL that is {str(cause)!a}" if base else ascii(str(cause))
            raise FetchError(ask.url, "bad_url", detail) from cause
        except AddressRefused as cause:
            raise fetch_error(ask.url, cause) from cause
        return target

    async def _visit(self, target: URL, ask: _Ask, seconds_left: float) -> _Answer:
        """One hop, when its host's rules and pace allow it."""
        group = self._group_of(str(target))
        if ask.obey_robots:
            self._pacing.stretch(group, await self._robots.check(target, requested_url=ask.url))
        async with self._pacing.turn(group):
            return await self._exchange(target, ask, seconds_left)

    async def _exchange(self, target: URL, ask: _Ask, seconds_left: float) -> _Answer:
        """One request and its answer; the body of a redirect is left unread."""
        limits, loop = self._limits, asyncio.get_running_loop()
        if seconds_left <= 0:
            raise FetchError(ask.url, "timeout", f"more than {limits.total_seconds} s in redirects", retryable=True)
        timeout = aiohttp.ClientTimeout(total=seconds_left, connect=limits.connect_seconds, sock_read=limits.silence_seconds)
        started = loop.time()
        try:
            async with self._session.get(target, headers=ask.headers, allow_redirects=False, timeout=timeout) as response:
                headers = tuple((_text(name), _text(value)) for name, value in response.raw_headers)
                answer = _Answer(response.status, headers, b"", 0.0)
                has_body = response.status not in _WITHOUT_BODY and not (response.status in _REDIRECTS and answer.header("location"))
                wire_body = await _read(response, ask) if has_body else b""
        except EXCHANGE_ERRORS as cause:
            raise fetch_error(ask.url, cause) from cause
        return replace(answer, wire_body=wire_body, seconds=loop.time() - started)

    def _fetched(self, ask: _Ask, target: URL, answer: _Answer, hops: list[Hop], seconds: float) -> Fetched:
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
        )


async def _read(response: aiohttp.ClientResponse, ask: _Ask) -> bytes:
    """The body as transferred. Raises FetchError too_large as soon as that is clear, protocol for an answer that is none."""
    if response.status == _SWITCHING_PROTOCOLS:
        raise FetchError(ask.url, "protocol", "switched protocols unasked")
    if (response.content_length or 0) > ask.max_body_bytes:
        raise _too_large(ask)
    pieces, size = list[bytes](), 0
    while piece := await response.content.readany():
        size += len(piece)
        if size > ask.max_body_bytes:
            raise _too_large(ask)
        pieces.append(piece)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def _too_large(ask: _Ask) -> FetchError:
    return FetchError(ask.url, "too_large", f"more than {ask.max_body_bytes} bytes")


def _conditions(validators: Validators) -> dict[str, str]:
    """The conditional headers (RFC 9110 section 13.1). A validator that does not fit into a header line is left out."""
    given = (("If-None-Match", validators.etag), ("If-Modified-Since", validators.last_modified))
    return {name: value for name, value in given if value and _PRINTABLE_ASCII.fullmatch(value)}


def _text(header: bytes) -> str:
    """UTF-8, which servers send, else ISO-8859-1, which RFC 9110 section 5.5 allows for."""
    try:
        return header.decode()
    except UnicodeDecodeError:
        return header.decode("iso-8859-1")
