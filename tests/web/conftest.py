"""A web of hosts below `.example`, all answered by one loopback server, and a client that is led there."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

import pytest

from tasks.web.client import WebClient
from tasks.web.guard import LOOPBACK
from tasks.web.limits import WebLimits
from tasks.web.reach import Reach

if TYPE_CHECKING:
    from tasks.model import Fetched
    from tasks.web.resolver import Lookup
    from warehouse.rows import HostFileRow

NOW = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)
LIMITS = WebLimits(
    connect_seconds=2,
    silence_seconds=2,
    total_seconds=4,
    keep_alive_seconds=5,
    max_redirects=5,
    max_url_characters=2000,
    max_header_bytes=8190,
    max_headers=100,
    max_wire_bytes=2_000_000,
    group_interval_seconds=0,
    group_requests=4,
    total_requests=32,
    jitter_share=0.0,
    slow_down_seconds=0.15,
    max_slow_down_seconds=0.3,
    dns_threads=2,
    max_crawl_delay_seconds=0.2,
    robots_max_bytes=500 * 1024,
    robots_seconds=3600,
    robots_least_seconds=600,
    robots_failure_seconds=60,
    robots_max_failure_seconds=900,
    robots_unreachable_seconds=86_400 * 30,
    robots_max_redirects=5,
    robots_max_hosts=100,
)
TLS_HANDSHAKE = b"\x16"

Result = TypeVar("Result")


@dataclass(frozen=True)
class Request:
    host: str
    path: str
    headers: Mapping[str, str]
    at: float


Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
Answer = bytes | Callable[[Request], bytes] | Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Site:
    """Answers by path, or by host and path: raw bytes, a function that gives them, or one that writes them itself."""

    answers: Mapping[str, Answer]
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while begun := await reader.read(1):
                if begun == TLS_HANDSHAKE:
                    writer.write(response(400))
                    break
                head = begun + await reader.readuntil(b"\r\n\r\n")
                first, *lines = head.decode().rstrip().split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                request = Request(headers["host"].split(":")[0], first.split()[1], headers, asyncio.get_running_loop().time())
                self.requests.append(request)
                answer = self.answers.get(request.host + request.path, self.answers.get(request.path, response(404)))
                if isinstance(answer, bytes):
                    writer.write(answer)
                elif asyncio.iscoroutinefunction(answer):
                    await answer(request, writer)
                else:
                    writer.write(answer(request))
                await writer.drain()
                if b"content-length" not in (answer if isinstance(answer, bytes) else b"content-length").lower():
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def serving(serve: Serve, context: ssl.SSLContext | None = None) -> AsyncIterator[str]:
    """`ip:port` of a loopback server; when it is left, every connection it still has is cut."""
    open_writers: set[asyncio.StreamWriter] = set()

    async def noted(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        open_writers.add(writer)
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await serve(reader, writer)

    server = await asyncio.start_server(noted, "127.0.0.1", 0, ssl=context)
    host, port = server.sockets[0].getsockname()
    try:
        yield f"{host}:{port}"
    finally:
        server.close()
        for writer in open_writers:
            writer.transport.abort()
        await asyncio.sleep(0.01)  # lets the loop tell them


def response(status: int, body: bytes = b"", *headers: str) -> bytes:
    """A whole HTTP/1.1 response, its length declared."""
    return "\r\n".join([f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}", *headers, "", ""]).encode() + body


def redirect(location: str, status: int = 302) -> bytes:
    return response(status, b"moved", f"Location: {location}")


class Web:
    """What a test needs to ask the loopback server something."""

    now = NOW
    limits = LIMITS
    response = staticmethod(response)
    redirect = staticmethod(redirect)
    serving = staticmethod(serving)

    def __init__(self) -> None:
        self.site = Site({})

    def client(
        self,
        *,
        reach: Mapping[str, object] | None = None,
        lookup: Lookup | None = None,
        keep: Callable[[Fetched], Awaitable[None]] | None = None,
        clock: Callable[[], datetime] = lambda: NOW,
        remembered: Collection[HostFileRow] = (),
        chance: Callable[[], float] = float,
        **limits: float,
    ) -> WebClient:
        """One that may reach loopback, whose groups are the last two labels of a host."""
        return WebClient(
            replace(LIMITS, **limits),
            user_agent="feedmill/1.0 (+https://feedmill.example/about)",
            group_of=lambda url: ".".join(url.split("/")[2].split(":")[0].split(".")[-2:]),
            clock=clock,
            chance=chance,
            reach=replace(Reach(LOOPBACK), **(reach or {})),
            lookup=lookup,
            keep=keep,
            remembered=remembered,
        )

    def visit(
        self,
        answers: Mapping[str, Answer],
        scenario: Callable[[WebClient], Awaitable[Result]],
        *,
        connect_to: Mapping[str, str] | None = None,
        reach: Mapping[str, object] | None = None,
        **client_options: object,
    ) -> Result:
        """What the scenario returns, run with a client that meets these answers. reach: what else it may reach; others: of `client`."""
        self.site = Site(answers)

        async def run() -> Result:
            async with serving(self.site.serve) as address:
                reached = {"connect_to": {"*.example": address, **(connect_to or {})}, **(reach or {})}
                async with self.client(reach=reached, **client_options) as client:
                    return await asyncio.wait_for(scenario(client), 10)

        return asyncio.run(run())

    def get(
        self,
        answers: Mapping[str, Answer],
        url: str = "http://news.example/page",
        *,
        max_body_bytes: int = 100_000,
        obey_robots: bool = False,
        validators: object = None,
        **limits: float,
    ) -> Fetched:
        """One page, robots.txt ignored unless asked for."""
        more = {"validators": validators} if validators else {}
        return self.visit(
            answers,
            lambda client: client.get(url, accept="text/html", max_body_bytes=max_body_bytes, obey_robots=obey_robots, **more),
            **limits,
        )


@pytest.fixture
def web() -> Web:
    return Web()
