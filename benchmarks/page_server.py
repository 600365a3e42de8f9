"""Serves pages on loopback, in a process of its own: each answer after a latency that its address decides.

Either those of a folder, or, where a number stands in its place, small ones made as they are asked for: so many in the feed of each host.
The process is told on its standard input, a line at a time: a number, the arrival from which on feeds show what has come by then, or `?`,
which it answers with the number of pages that it has served.
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

SYLLABLES = "ka mo ti re lu ran sel dor mi ves po nar".split()
ENDINGS = ("", "ta", "en", "s", "rim")
HOST = b"\r\nhost:"
WORDS = tuple(sorted(set(random.Random(1).choices([a + b + c for a in SYLLABLES for b in SYLLABLES for c in ENDINGS], k=600))))


class PageServer:
    """Serves while its `with` block lasts. source: a folder, or small pages a host. latency: shortest and longest, in milliseconds."""

    def __init__(self, source: Path | int, latency: tuple[float, float]) -> None:
        self._source, self._latency = source, latency

    def __enter__(self) -> Self:
        call = [sys.executable, "-m", "benchmarks.page_server", str(self._source), *map(str, self._latency)]
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

    def served(self) -> int:
        """How many pages were served so far."""
        self._process.stdin.write("?\n")
        self._process.stdin.flush()
        return int(self._said())

    def _said(self) -> str:
        return self._process.stdout.readline().strip()


class _Folder:
    """The pages and feeds of a folder as benchmarks/editions.py writes it."""

    def __init__(self, folder: Path) -> None:
        site = json.loads((folder / "site.json").read_text(encoding="utf-8"))
        self._pages = {address: (folder / name).read_bytes() for address, name in site["pages"].items()}
        self._feeds = [{host: feed.encode() for host, feed in feeds.items()} for feeds in site["feeds"]]

    def page(self, host: str, path: str) -> bytes | None:
        """The page, compressed; None if the folder has none at that address."""
        return self._pages.get(host + path)

    def feed(self, host: str, arrival: int) -> bytes | None:
        """The host's feed after that arrival, None if it has none."""
        return self._feeds[arrival].get(host)


class _Small:
    """Small pages for every host, made when they are asked for. in_feed: how many each feed shows."""

    def __init__(self, in_feed: int) -> None:
        self._in_feed = in_feed

    def page(self, host: str, path: str) -> bytes | None:
        """The page, compressed; None for anything but a story."""
        return gzip.compress(_small_page(host, path), 1, mtime=0) if path.startswith("/story-") else None

    def feed(self, host: str, _: int) -> bytes | None:
        """The host's feed, the same after every arrival."""
        items = "".join(
            f"<item><title>Story {number} of {host}</title><link>http://{host}/story-{number}</link><guid>{host}-{number}</guid></item>"
            for number in range(self._in_feed)
        )
        return f'<rss version="2.0"><channel><title>{host}</title><link>http://{host}/</link>{items}</channel></rss>'.encode()


def _small_page(host: str, path: str) -> bytes:
    chance = random.Random(host + path)
    story = "".join(f"<p>{' '.join(chance.choices(WORDS, k=50)).capitalize()}.</p>" for _ in range(6))
    menu = "".join(f'<li><a href="/section/{word}">{word}</a></li>' for word in WORDS[:20])
    head = f"<title>Story {path} of {host}</title><meta property='article:published_time' content='2026-03-01T10:00:00Z'>"
    body = f"<nav><ul>{menu}</ul></nav><main><article><h1>Story {path} of {host}</h1>{story}</article></main>"
    return f"<!doctype html><html lang=en><head>{head}</head><body>{body}</body></html>".encode()


class _Server:
    """Answers from a source, and counts."""

    def __init__(self, source: _Folder | _Small, latency: tuple[float, float]) -> None:
        self._source, self._latency, self.arrival, self.served = source, latency, 0, 0

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
        if path == "/feed.xml":
            body, kind, packing = self._source.feed(host, self.arrival), "application/rss+xml; charset=utf-8", ""
        else:
            body, kind, packing = self._source.page(host, path), "text/html; charset=utf-8", "Content-Encoding: gzip\r\n"
        if body is None:
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        self.served += path != "/feed.xml"
        if packing and not is_packed:
            body, packing = gzip.decompress(body), ""
        return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n{packing}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def _serve(source: str, latency: tuple[float, float]) -> None:
    pages = _Server(_Small(int(source)) if source.isdigit() else _Folder(Path(source)), latency)
    server = await asyncio.start_server(pages.answer, "127.0.0.1", 0, backlog=1000)
    print(server.sockets[0].getsockname()[1], flush=True)
    while line := (await asyncio.to_thread(sys.stdin.readline)).strip():
        if line == "?":
            print(pages.served, flush=True)
        else:
            pages.arrival = int(line)
            print(pages.arrival, flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(sys.argv[1], (float(sys.argv[2]), float(sys.argv[3]))))
