"""What a run costs that finds nothing new: a hundred feeds, each of which answers 304.

    python -m benchmarks.idle_run [--articles 2] [--repeat 3]

Serves the feeds and their articles on loopback, takes them in once, then runs again with every feed unchanged. Prints the CPU seconds of
Python's start and of importing what a run imports; of each idle run beyond that, with its wall seconds; and by how many rows it let each
table grow.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path

import benchmarks.generated_site as site
from warehouse.connect import live
from warehouse.manifest import contents

IMPORTS = "import flows.command_line, flows.commands.ingest_run"
FEED = "<rss version='2.0'><channel><title>{host}</title><link>http://{host}/</link>{items}</channel></rss>"
ITEM = "<item><title>Story {n} of {host}</title><link>http://{host}/{n}</link><guid>{host}-{n}</guid></item>"


class Handler(site.Handler):
    """Feeds with a validator, which never change."""

    def do_GET(self) -> None:  # noqa: N802 - the standard library's name
        """Answer."""
        if self.path != "/feed.xml":
            super().do_GET()
            return
        host = self.headers["Host"].partition(":")[0]
        etag = f'"{sha256(host.encode()).hexdigest()}"'
        is_known = self.headers["If-None-Match"] == etag
        articles = int(os.environ["ARTICLES"])
        body = "" if is_known else FEED.format(host=host, items="".join(ITEM.format(n=n, host=host) for n in range(articles)))
        self.send_response(304 if is_known else 200)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body:
            self.wfile.write(body.encode())


class Server(ThreadingHTTPServer):
    """Takes all hosts' connections at once."""

    request_queue_size = 1_000
    daemon_threads = True


def serve() -> None:
    """Until killed; the port is the first line of output."""
    server = Server(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


def cpu_of(command: list[str], folder: Path, environment: dict[str, str]) -> float:
    """CPU seconds of a process and all that it waited for."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def rows(folder: Path) -> dict[str, int]:
    """Table -> its rows."""
    with live(folder / "state" / "live.duckdb", wait_seconds=0) as connection:
        return dict(contents(connection).rows)


def measure(folder: Path, port: int, repeat: int) -> None:
    """Run once with everything new, then so many times with nothing new."""
    hosts = [f"f{number}.test" for number in range(site.FEEDS)]
    (folder / "feeds.toml").write_text("\n".join(f'[[feeds]]\nurl = "http://{host}/feed.xml"\n' for host in hosts), encoding="utf-8")
    connect_to = json.dumps(dict.fromkeys(hosts, f"127.0.0.1:{port}"))
    environment = os.environ | {"FEEDMILL_CONNECT_TO": connect_to, "FEEDMILL_ALLOW_LOOPBACK": "1", "FEEDMILL_PACE_SECONDS": "0"}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    ingest = [sys.executable, "-m", "flows.command_line", "ingest", "--force"]
    print(f"first run: {cpu_of(ingest, folder, environment):.2f} CPU s")
    imports = min(cpu_of([sys.executable, "-c", IMPORTS], folder, environment) for _ in range(3))
    print(f"start and imports: {imports:.2f} CPU s")
    for _ in range(repeat):
        before, began = rows(folder), time.perf_counter()
        spent, wall = cpu_of(ingest, folder, environment) - imports, time.perf_counter() - began
        grown = {name: count - before[name] for name, count in rows(folder).items() if count != before[name]}
        print(f"idle run: {spent:.2f} CPU s beyond imports, {wall:.2f} s wall; rows: {grown}", flush=True)


def main() -> int:
    """Print the figures; exit code 0."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=2, help="of each feed")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        serve()
        return 0
    command = [sys.executable, "-m", "benchmarks.idle_run", "--serve"]
    environment = os.environ | {"ARTICLES": str(given.articles)}
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server,
    ):
        try:
            measure(Path(folder), int(server.stdout.readline()) if server.stdout else 0, given.repeat)
        finally:
            server.kill()
    return 0


if __name__ == "__main__":
    sys.exit(main())
