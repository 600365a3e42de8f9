"""The newsroom behind a loopback port, told apart by Host header."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self

from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request

_IDLE_SECONDS = 30


class NewsroomServer:
    """Serves a newsroom on 127.0.0.1 while its `with` block lasts. round_number may be set at any time."""

    def __init__(self, newsroom: Newsroom, round_number: int = 1) -> None:
        self.newsroom = newsroom
        self.round_number = round_number
        self._counts: Counter[tuple[str, str]] = Counter()
        self._lock = Lock()
        self._server = _Server(("127.0.0.1", 0), _handler_for(self))
        self._thread = Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, name="newsroom", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def connect_to(self) -> Mapping[str, str]:
        """Where to find each host: host -> "127.0.0.1:PORT"."""
        return dict.fromkeys(self.newsroom.hosts, f"127.0.0.1:{self.port}")

    def requests(self, host: str, path: str) -> int:
        """How often that host was asked for that path, query included."""
        with self._lock:
            return self._counts[host, path]

    def count(self, host: str, path: str) -> None:
        """One more request."""
        with self._lock:
            self._counts[host, path] += 1


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as in the base class
        """A client that hangs up is no news; anything else is."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


def _handler_for(served: NewsroomServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = _IDLE_SECONDS
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            host = self.headers.get("Host", "").partition(":")[0].lower()
            served.count(host, self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            response = served.newsroom.respond(Request(host, self.path, headers), served.round_number)
            if response.delay_seconds:
                time.sleep(response.delay_seconds)
            self.send_response_only(response.status)
            for name, value in response.headers:
                self.send_header(name, value)
            if response.status != HTTPStatus.NOT_MODIFIED:
                self.send_header("Content-Length", str(len(response.body)))
            self.end_headers()
            if self.command != "HEAD" and response.status != HTTPStatus.NOT_MODIFIED:
                self.wfile.write(response.body)

        do_HEAD = do_GET  # noqa: N815 - the name is the protocol's

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """Nothing is logged."""

    return Handler
