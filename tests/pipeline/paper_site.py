"""A loopback server that answers each path with what it was given, and the settings that lead a run to it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from flows.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

HOST = "paper.test"
PROSE = (
    "The council met on Tuesday evening and heard the harbour master speak about the old pier, which has been closed since the storm. "
    "Repairs will take until autumn, she said, and nobody in the hall disagreed with her estimate of the costs. "
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path gives. content_type: None for no such header. etag: whoever sends it back gets a 304. location: of a redirect."""

    body: bytes
    content_type: str | None = "text/html; charset=utf-8"
    status: int = 200
    etag: str | None = None
    location: str | None = None


@dataclass(frozen=True, slots=True)
class PaperSite:
    """A site being served. answers may change while it is."""

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)

    def settings(self, folder: Path) -> Settings:
        """Of an installation in that folder."""
        return Settings(
            state=folder,
            contact="",
            workers=1,
            pace_seconds=0.0,
            lock_wait_seconds=1.0,
            allow_loopback=True,
            connect_to={HOST: f"127.0.0.1:{self.port}"},
        )


@contextmanager
def paper_site(answers: Mapping[str, Answer]) -> Iterator[PaperSite]:
    """Serve those paths; others are 404."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer = served.answers.get(self.path, Answer(b"", status=404))
            known = answer.etag is not None and self.headers["If-None-Match"] == answer.etag
            self.send_response_only(304 if known else answer.status)
            for name, value in (("Content-Type", answer.content_type), ("ETag", answer.etag), ("Location", answer.location)):
                if value is not None:
                    self.send_header(name, value)
            body = b"" if known else answer.body
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    served = PaperSite(int(server.server_address[1]), dict(answers))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def page(title: str, paragraphs: int = 4) -> bytes:
    """A plausible article."""
    body = "".join(f"<p>Part {number} about {escape(title)[:80]}. {PROSE}</p>" for number in range(1, paragraphs + 1))
    head = f"<head><meta charset=utf-8><title>{escape(title)}</title></head>"
    return f"<!doctype html><html lang=en>{head}<body><article><h1>{escape(title)}</h1>{body}</article></body></html>".encode()


def rss(*items: str, title: str = "Paper") -> bytes:
    """A feed of items, each the inside of an <item>."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{title}</title>{inner}</channel></rss>'.encode()


def item(path: str, *, guid: str | None = None, title: str | None = None) -> str:
    """The inside of an <item>."""
    return f"<title>{escape(title or path)}</title><link>http://{HOST}{path}</link><guid>{escape(guid or path)}</guid>"
