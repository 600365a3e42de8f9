"""What Prefect costs: CPU of one run of 100 feeds and 2,000 articles, with it and without: `python -m benchmarks.prefect_share [PAIRS]`.

The site is generated and served on loopback by a process of its own, which is not counted. Runs are interleaved. With Prefect, everything
counts that server, worker and the run's processes use from the order until the run has ended; without, all processes of `feedmill ingest`.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from flows.prefect_home import MARK, processes_of
from tests.prefect.mill import Mill, deployments

FEEDS, ENTRIES, PARAGRAPHS = 100, 20, 18
WORDS = random.Random(1).sample(
    [a + b + c for a in ("ka", "mo", "ti", "re", "lu") for b in ("ran", "sel", "dor", "mi") for c in ("", "ta", "en", "s")], 80
)
TICKS = os.sysconf("SC_CLK_TCK")
SAMPLE_SECONDS = 0.1


class Site:
    """Stands in for the newsroom: hosts f0.test to f99.test, each with a feed and its articles."""

    def __init__(self) -> None:
        self.newsroom = self
        self._process = subprocess.Popen([sys.executable, "-m", "benchmarks.prefect_share", "serve"], stdout=subprocess.PIPE, text=True)
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


def serve() -> None:
    """Until killed: the port is printed."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


class Meter:
    """CPU seconds of all processes that carry the mark of a folder, those that have ended too, from start to stop."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._seen, self._runs = folder, {}, True
        self._sample()
        self._before = dict(self._seen)
        self._thread = Thread(target=self._watch, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        """CPU seconds."""
        self._runs = False
        self._thread.join()
        self._sample()
        return sum(seconds - self._before.get(process_id, 0.0) for process_id, seconds in self._seen.items())

    def _watch(self) -> None:
        while self._runs:
            self._sample()
            time.sleep(SAMPLE_SECONDS)

    def _sample(self) -> None:
        for process_id in processes_of(self._folder):
            try:
                fields = Path(f"/proc/{process_id}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            self._seen[process_id] = (int(fields[11]) + int(fields[12])) / TICKS


def without_prefect(site: Site) -> tuple[float, float]:
    """CPU and wall-clock seconds of `feedmill ingest`."""
    with tempfile.TemporaryDirectory(prefix="feedmill-share-") as folder:
        place = Mill(Path(folder), site)
        (Path(folder) / "feeds.toml").write_text(site.feeds_toml(), encoding="utf-8")
        begun, meter = time.monotonic(), Meter(place.home)
        given = place.environment() | {MARK: str(place.home)}
        subprocess.run([sys.executable, "-m", "flows.command_line", "ingest"], cwd=folder, env=given, check=True, capture_output=True)
        seconds = time.monotonic() - begun
        check(place)
        return meter.stop(), seconds


def with_prefect(place: Mill) -> tuple[float, float]:
    """The same for a run of the deployment, from the order until it has ended and its processes are gone."""
    for name in ("live.duckdb", "live.duckdb.wal"):
        (place.state / name).unlink(missing_ok=True)
    deployment = place.ask("POST", "/deployments/filter", {})[0]
    begun, meter = time.monotonic(), Meter(place.home)
    run = place.ask("POST", f"/deployments/{deployment['id']}/create_flow_run", {})
    while place.ask("GET", f"/flow_runs/{run['id']}")["state"]["type"] not in {"COMPLETED", "FAILED", "CRASHED"} or place.runs_processes():
        time.sleep(1.0)
    seconds = time.monotonic() - begun
    check(place)
    return meter.stop(), seconds


def check(place: Mill) -> None:
    """Both have done the same work."""
    assert place.rows("select count(*) from articles") == [(FEEDS * ENTRIES,)]


def main(pairs: int) -> None:
    """Print both, and the share."""
    site = Site()
    with tempfile.TemporaryDirectory(prefix="feedmill-share-") as folder:
        place = Mill(Path(folder), site)
        place.write(deployments({"name": "once"}))
        place.up()
        try:
            found = []
            for _ in range(pairs):
                found.append((without_prefect(site), with_prefect(place)))
                print(json.dumps({"without": found[-1][0], "with": found[-1][1]}), flush=True)
        finally:
            place.interrupt()
            site.close()
    plain, scheduled = (median(pair[which][0] for pair in found) for which in (0, 1))
    share = 100 * (scheduled / plain - 1)
    print(f"without {plain:.1f} CPU s, with {scheduled:.1f} CPU s: Prefect costs {scheduled - plain:.1f} s, {share:.1f} %")


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        serve()
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else 3)
