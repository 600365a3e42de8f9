"""Questions to the server: what becomes of one that it is too busy for."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from flows import prefect_server


@pytest.fixture
def busy(monkeypatch):
    """Starts a server that answers 503 so many times, then 200; gives its address and the methods it was asked with."""
    monkeypatch.setattr(prefect_server, "BUSY_PAUSES", (0.01, 0.01))
    servers = []

    def start(times):
        asked = []

        class Handler(BaseHTTPRequestHandler):
            def do_PATCH(self):
                asked.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(503 if len(asked) <= times else 200)
                self.end_headers()

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/", asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_a_busy_server_is_asked_the_same_again(busy):
    url, asked = busy(2)

    assert prefect_server.request("PATCH", url, {"paused": True}) is None
    assert asked == [b'{"paused": true}'] * 3


def test_a_server_that_stays_busy_is_silent_in_the_end(busy):
    url, asked = busy(9)

    with pytest.raises(prefect_server.ServerSilent, match="503"):
        prefect_server.request("PATCH", url, {"paused": True})
    assert len(asked) == 3
