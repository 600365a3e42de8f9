"""Our web client against a bare aiohttp loop with the same limits: `python -m benchmarks.fetch_throughput [--pages N] [--memory-pages N]`.

100 hosts on loopback answer after 20 to 50 ms with a compressed page, from a process of their own. Both clients ask for the same pages
in turns, within one run. Prints pages a second, CPU a page, and the resident memory of ours over many pages.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import random
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp

from flows import policy
from tasks.urls import registrable_domain
from tasks.web.client import WebClient
from tasks.web.guard import LOOPBACK
from tasks.web.reach import Reach

HOSTS = 100
LATENCY_SECONDS = (0.020, 0.050)
LIMITS = replace(policy.WEB, group_interval_seconds=0.0)
ROUNDS = 5
PAGE_BYTES = 60_000
MAX_BYTES = policy.MAX_PAGE_BYTES
USER_AGENT = "feedmill-benchmark/1.0"


@dataclass(frozen=True, slots=True)
class Round:
    """pages a second, and milliseconds of CPU a page."""

    pages_per_second: float
    cpu_ms: float


def serve() -> None:
    """Be the server: print the port, then answer until killed."""
    chance = random.Random(1)
    words = "".join(chance.choice("etaoin shrdlu cmfwyp vbgkqj") for _ in range(PAGE_BYTES)).encode()
    body = gzip.compress(b"<html><body><p>" + words + b"</p></body></html>", 6)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(body)
    absent = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                await asyncio.sleep(chance.uniform(*LATENCY_SECONDS))
                writer.write(absent if b"/robots.txt " in request else head + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=1000)  # noqa: S104 - all of 127.0.0.0/8
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    asyncio.run(run())


def urls(pages: int) -> dict[int, list[str]]:
    """The paths to be asked, by host."""
    return {host: [f"/page/{number}" for number in range(host, pages, HOSTS)] for host in range(HOSTS)}


def address(host: int, port: int) -> str:
    return f"127.0.0.{host + 1}:{port}"


async def bare(port: int, pages: int) -> int:
    """A session, two loops a host, and the bytes that came."""
    connector = aiohttp.TCPConnector(limit=LIMITS.total_requests, limit_per_host=LIMITS.group_requests)
    async with aiohttp.ClientSession(connector=connector, headers={"User-Agent": USER_AGENT}) as session:

        async def ask(host: int, paths: list[str]) -> int:
            total = 0
            while paths:
                async with session.get(f"http://{address(host, port)}{paths.pop()}") as response:
                    total += len(await response.read())
            return total

        work = urls(pages)
        return sum(await asyncio.gather(*(ask(host, paths) for host, paths in work.items() for _ in range(LIMITS.group_requests))))


async def ours(port: int, pages: int, *, watch: list[int] | None = None) -> int:
    """The client as a run uses it, with guard, robots.txt, pacing and decoding. watch: takes the resident memory, in kB, now and then."""
    client = WebClient(
        LIMITS,
        user_agent=USER_AGENT,
        group_of=registrable_domain,
        clock=lambda: datetime.now(UTC),
        chance=random.Random(1).random,
        reach=Reach(LOOPBACK, connect_to={f"www.host{host}.test": address(host, port) for host in range(HOSTS)}),
    )
    done = 0

    async with client:

        async def ask(host: int, paths: list[str]) -> int:
            nonlocal done
            total = 0
            while paths:
                fetched = await client.get(f"http://www.host{host}.test{paths.pop()}", accept=policy.ACCEPT_PAGE, max_body_bytes=MAX_BYTES)
                total += len(fetched.body)
                done += 1
                if watch is not None and done % 1000 == 0:
                    watch.append(resident_kb())
            return total

        work = urls(pages)
        return sum(await asyncio.gather(*(ask(host, paths) for host, paths in work.items() for _ in range(LIMITS.group_requests))))


def resident_kb() -> int:
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * 4


def timed(coroutine: object, pages: int) -> Round:
    wall, cpu = time.perf_counter(), time.process_time()
    total = asyncio.run(coroutine)  # type: ignore[arg-type]
    assert total > pages * PAGE_BYTES
    return Round(pages / (time.perf_counter() - wall), (time.process_time() - cpu) * 1000 / pages)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000, help="pages a round and client")
    parser.add_argument("--memory-pages", type=int, default=20_000, help="pages over which memory is watched; 0 for none")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve()
        return
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.fetch_throughput", "--serve"], stdout=subprocess.PIPE, text=True)
    try:
        port = int(server.stdout.readline()) if server.stdout else 0
        compare(port, given.pages)
        if given.memory_pages:
            memory(port, given.memory_pages)
    finally:
        server.kill()
        server.wait()


def compare(port: int, pages: int) -> None:
    timed(bare(port, pages // 4), pages // 4)  # both warm
    timed(ours(port, pages // 4), pages // 4)
    rounds = [(timed(bare(port, pages), pages), timed(ours(port, pages), pages)) for _ in range(ROUNDS)]
    print(f"{pages:,} pages a round, {HOSTS} hosts, {LIMITS.total_requests} requests in flight, {LIMITS.group_requests} a host")
    print(f"{'round':>7} {'bare pages/s':>13} {'ours pages/s':>13} {'share':>7} {'bare CPU ms':>12} {'ours CPU ms':>12} {'ratio':>7}")
    for number, (one, other) in enumerate(rounds, 1):
        print(line(str(number), one, other))
    middle = [
        Round(statistics.median(each[side].pages_per_second for each in rounds), statistics.median(each[side].cpu_ms for each in rounds))
        for side in (0, 1)
    ]
    print(line("median", *middle))


def line(name: str, one: Round, other: Round) -> str:
    share, ratio = other.pages_per_second / one.pages_per_second, other.cpu_ms / one.cpu_ms
    rates = f"{one.pages_per_second:13.0f} {other.pages_per_second:13.0f} {share:7.0%}"
    return f"{name:>7} {rates} {one.cpu_ms:12.2f} {other.cpu_ms:12.2f} {ratio:7.2f}"


def memory(port: int, pages: int) -> None:
    watch: list[int] = []
    asyncio.run(ours(port, pages, watch=watch))
    at = [number for number in (2, 5, 10, 15, len(watch)) if number <= len(watch)]
    print("resident memory: " + ", ".join(f"{watch[number - 1] / 1024:.0f} MB after {number},000 pages" for number in at))


if __name__ == "__main__":
    main()
