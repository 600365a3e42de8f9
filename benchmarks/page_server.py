"""Serves a folder of pages on loopback, in a process of its own: each answer after a latency that its address decides.

The process is told the arrival on its standard input, a number a line: from then on feeds show what has arrived by then.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Self
from urllib.parse import urlsplit

HOST = b"\r\nhost:"


class PageServer:
    """Serves while its `with` block lasts. latency: shortest and longest, in milliseconds."""

    def __init__(self, folder: Path, latency: tuple[float, float]) -> None:
        self._folder, self._latency = folder, latency

    def __enter__(self) -> Self:
        call = [sys.executable, "-m", "benchmarks.page_server", str(self._folder), *map(str, self._latency)]
        self._process = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.address = f"127.0.0.1:{self._said()}"
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()

    def arrive(self, arrival: int) -> None:
        """From now on feeds show what has arrived by then."""
        self._process.stdin.write(f"{arrival}\n")
        self._process.stdin.flush()
        assert self._said() == str(arrival)

    def _said(self) -> str:
        return self._process.stdout.readline().strip()


class _Pages:
    """What is served, and when."""

    def __init__(self, folder: Path, latency: tuple[float, float]) -> None:
        site = json.loads((folder / "site.json").read_text(encoding="utf-8"))
        self._pages = {address: (folder / name).read_bytes() for address, name in site["pages"].items()}
        self._feeds = [{host: feed.encode() for host, feed in feeds.items()} for feeds in site["feeds"]]
        self._latency, self.arrival = latency, 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                lowered = request.lower()
                host = lowered.partition(HOST)[2].partition(b"\r\n")[0].strip().decode().partition(":")[0]
                path = urlsplit(request.split(b" ", 2)[1].decode()).path
                await asyncio.sleep(random.Random(host + path).uniform(*self._latency) / 1000)
                writer.write(self._response(host, path, is_packed=b"gzip" in lowered))
                if b"connection: close" in lowered:
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        writer.close()

    def _response(self, host: str, path: str, *, is_packed: bool) -> bytes:
        body, kind, packing = self._pages.get(host + path), "text/html; charset=utf-8", "Content-Encoding: gzip\r\n"
        if path == "/feed.xml":
            body, kind, packing = self._feeds[self.arrival].get(host), "application/rss+xml; charset=utf-8", ""
        if body is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if packing and not is_packed:
            body, packing = gzip.decompress(body), ""
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{packing}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(folder: Path, latency: tuple[float, float]) -> None:
    pages = _Pages(folder, latency)
    server = await asyncio.start_server(pages.answer, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := await asyncio.to_thread(sys.stdin.readline):
        pages.arrival = int(line)
        print(pages.arrival, flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(Path(sys.argv[1]), (float(sys.argv[2]), float(sys.argv[3]))))
