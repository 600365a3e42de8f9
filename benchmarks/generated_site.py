"""A generated news site on loopback, in a process of its own: hosts f0.test to f99.test, each with a feed of twenty long articles."""

from __future__ import annotations

import random
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

FEEDS, ENTRIES, PARAGRAPHS = 100, 20, 18
WORDS = random.Random(1).sample(
    [a + b + c for a in ("ka", "mo", "ti", "re", "lu") for b in ("ran", "sel", "dor", "mi") for c in ("", "ta", "en", "s")], 80
)


class Site:
    """Stands in for the newsroom: hosts f0.test to f99.test, each with a feed and its articles."""

    def __init__(self) -> None:
        self.newsroom = self
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.generated_site"], stdout=subprocess.PIPE, text=True)
        self.port = int(self._process.stdout.readline())

    @property
    def connect_to(self) -> dict[str, str]:
        """Where each host is."""
        return {f"f{number}.test": f"127.0.0.1:{self.port}" for number in range(FEEDS)}

    def feeds_toml(self) -> str:
        """The list of feeds."""
        return "\n".join(f'[[feeds]]\nurl = "http://f{number}.test/feed.xml"\n' for number in range(FEEDS))

    def close(self) -> None:
        """Stop serving."""
        self._process.kill()
        self._process.wait()


def page(host: str, path: str) -> tuple[str, str]:
    """Content type and body of one address."""
    chance = random.Random(host + path)

    def sentence() -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(8, 20))).capitalize() + "."

    if path == "/robots.txt":
        return "text/plain", ""
    if path == "/feed.xml":
        items = "".join(
            f"<item><title>Story {n} of {host}</title><link>http://{host}/{n}</link><guid>{host}-{n}</guid></item>" for n in range(ENTRIES)
        )
        return "application/rss+xml", f'<rss version="2.0"><channel><title>{host}</title><link>http://{host}/</link>{items}</channel></rss>'
    if path.startswith("/empty"):
        return "application/rss+xml", f'<rss version="2.0"><channel><title>{host}</title><link>http://{host}/</link></channel></rss>'
    menu = "".join(f'<li><a href="/section/{n}">{sentence()}</a></li>' for n in range(60))
    related = "".join(f'<li><a href="/{n}">{sentence()}</a></li>' for n in range(40))
    text = "".join(f"<p>{' '.join(sentence() for _ in range(chance.randint(2, 5)))}</p>" for _ in range(PARAGRAPHS))
    head = f"<title>Story {path} of {host}</title><meta property='article:published_time' content='2026-03-01T10:00:00Z'>"
    article = f"<article><h1>Story {path} of {host}</h1>{text}</article>"
    body = f"<nav><ul>{menu}</ul></nav><main>{article}</main><aside><ul>{related}</ul></aside>"
    return "text/html; charset=utf-8", f"<html lang=en><head>{head}</head><body>{body}</body></html>"


class Handler(BaseHTTPRequestHandler):
    """Answers with generated pages."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer."""
        kind, text = page(self.headers["Host"].partition(":")[0], self.path)
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""


class Server(ThreadingHTTPServer):
    """Takes a connection for every feed at once."""

    daemon_threads = True
    request_queue_size = 512


def serve() -> None:
    """Until killed: the port is printed."""
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    serve()
