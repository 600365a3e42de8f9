"""Memory of a run, its own process and its workers, as pages go by: `python -m benchmarks.memory [--pages 100000] [--hosts 100]`.

`--folder PAGES` or `--jsonl FILE`: large pages made from those, as for benchmarks/end_to_end.py, instead of small ones made on the fly.
Resident memory in MB, sampled every second from /proc (Linux); a line per tenth of the pages: how much the run's process held at the median
and at most, the largest of the others, and all together at most. The most is held while DuckDB writes or gathers what it wrote, within its
limit, and more as the file grows; the median tells whether anything is kept for each page.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import editions
from benchmarks.page_server import PageServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SAMPLE_SECONDS = 1.0
LINES = 10
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Sample:
    """pages: served so far. own, workers: MB of the run's process, and of each of its others."""

    pages: int
    own: float
    workers: tuple[float, ...]


def samples(run: subprocess.Popen[bytes], server: PageServer) -> Iterator[Sample]:
    """One a second while the run lasts. The run leads a session of its own, by which its processes are known."""
    while run.poll() is None:
        held = {process: _resident_mb(process) for process in _session(run.pid)}
        own = held.pop(run.pid, 0.0)
        yield Sample(server.served(), own, tuple(sorted(held.values(), reverse=True)))
        time.sleep(SAMPLE_SECONDS)


def _session(leader: int) -> Iterator[int]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue  # it has ended
            if int(fields[3]) == leader:
                yield int(entry.name)


def _resident_mb(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES / 1e6
    except OSError:
        return 0.0


def show(taken: Sequence[Sample], pages: int) -> None:
    """Each tenth; what comes after the last page (learning, comparing, audits) is a line of its own."""
    print(f"{'pages':>10}{'run, median':>13}{'most':>7}{'largest other':>15}{'together':>10}{'processes':>11}")
    bounds = [(str(pages * part // LINES), pages * (part - 1) // LINES, pages * part // LINES) for part in range(1, LINES + 1)]
    for name, low, high in [*bounds, ("after", pages, pages + 1)]:
        part = [each for each in taken if low <= each.pages < high]
        if part:
            largest = max((each.workers[0] for each in part if each.workers), default=0.0)
            together = max(each.own + sum(each.workers) for each in part)
            count = max(1 + len(each.workers) for each in part)
            own = sorted(each.own for each in part)
            print(f"{name:>10}{statistics.median(own):13.0f}{own[-1]:7.0f}{largest:15.0f}{together:10.0f}{count:11}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=100_000)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jsonl", type=Path)
    parser.add_argument("--state", type=Path, help="a warehouse's folder; its live.duckdb is copied and the run adds to that")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="feedmill-memory-") as scratch:
        folder = Path(scratch)
        hosts = tuple(f"www.paper{number}.test" for number in range(options.hosts))
        source: Path | int = options.pages // options.hosts
        if options.folder or options.jsonl:
            found = editions.models(options.folder, options.jsonl)
            layout = editions.write(editions.one_of_many(found, pages=options.pages), found, folder / "site")
            source, hosts = folder / "site", layout.hosts
        if options.state:
            (folder / "state").mkdir()
            shutil.copyfile(options.state / "live.duckdb", folder / "state" / "live.duckdb")
        with PageServer(source, (5.0, 20.0)) as server:
            taken = list(samples(ingest(folder, hosts, server.address), server))
            pages = server.served()
    print(f"{pages} pages")
    show(taken, pages)


def ingest(folder: Path, hosts: Sequence[str], address: str) -> subprocess.Popen[bytes]:
    """A run of these hosts' feeds, at the head of a session of its own."""
    (folder / "feeds.toml").write_text("".join(f'[[feeds]]\nurl = "http://{host}/feed.xml"\n\n' for host in hosts), encoding="utf-8")
    settings = {
        "FEEDMILL_CONNECT_TO": json.dumps(dict.fromkeys(hosts, address)), "FEEDMILL_ALLOW_LOOPBACK": "1", "FEEDMILL_PACE_SECONDS": "0",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-m", "flows.command_line", "ingest"], cwd=folder, env=os.environ | settings, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


if __name__ == "__main__":
    main()
