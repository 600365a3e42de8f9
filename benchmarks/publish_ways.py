"""What publishing costs in each way: one file, as a whole; by month for the first time; and each after a run's worth of new articles.

    python -m benchmarks.publish_ways STATE [--articles 500]

STATE: a folder with a live.duckdb that may be changed, as benchmarks.generated_warehouse writes it: make a copy. Its published copy is
replaced. Prints CPU and wall seconds of this process, the bytes that it wrote (proc_pid_io(5): Linux only), and how long each phase took.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from benchmarks.new_articles import arrivals
from flows import policy
from tasks.shape import merged
from warehouse.batch import Batch
from warehouse.connect import live
from warehouse.load import load
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.rows import RunRow

if TYPE_CHECKING:
    from datetime import datetime

    from warehouse.publish import Way


def add(state: Path, articles: int, seed: int) -> datetime:
    """Load new articles, as a run does. Returns when that is."""
    run_id = UUID(int=seed)
    with live(state / "live.duckdb", wait_seconds=0) as connection:
        new = arrivals(state, connection, articles=articles, seed=seed, run_id=run_id, batch_pages=policy.BATCH_PAGES)
        run = RunRow(run_id, "ingest", "0.1.0", "rules-1", None, "c0ffee", "mill", 1, new.now, None, "running", None)
        for batch in (Batch(runs=(run,)), merged(new.polls), *new.articles):
            load(connection, batch)
        connection.execute("checkpoint")
    return new.now


def bytes_written() -> int:
    """By this process, so far."""
    said = dict(line.split(": ") for line in Path("/proc/self/io").read_text(encoding="ascii").splitlines())
    return int(said["wchar"])


def states(state: Path) -> set[tuple[Path, int]]:
    """(path, when written) of files by month."""
    return {(path, path.stat().st_mtime_ns) for path in state.rglob("*.parquet") if path.is_file()}


def measure(name: str, state: Path, way: Way, now: datetime) -> None:
    """Publish, and print a line."""
    phases: list[tuple[str, float]] = []
    before, written = states(state), bytes_written()
    cpu, wall = time.process_time(), time.perf_counter()
    manifest = publish(
        state / "live.duckdb", state / "news.duckdb", now=now, code_version="0.1.0", wait_seconds=0, way=way, former_rests=timedelta(0),
        on_phase=lambda phase: phases.append((phase, time.perf_counter())),
    )  # fmt: skip
    ended = time.perf_counter()
    spent = time.process_time() - cpu
    written = bytes_written() - written
    files = len(states(state) - before)
    print(f"{name:<32}{spent:>8.1f}{ended - wall:>8.1f}{written / 1e6:>12,.0f}{files:>8}{len(manifest.files):>8}", flush=True)
    ends = [*(at for _, at in phases[1:]), ended]
    print(
        "    " + ", ".join(f"{phase.partition('.')[2]} {end - at:.1f}" for (phase, at), end in zip(phases, ends, strict=True)), flush=True
    )


def main() -> int:
    """Print the table; exit code 0."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("state", type=Path)
    parser.add_argument("--articles", type=int, default=500)
    given = parser.parse_args()
    with live(given.state / "live.duckdb", wait_seconds=0) as connection:
        [(now,)] = connection.execute("select max(first_seen_at) from articles").fetchall()
        migrate(connection, now=now, code_version="0.1.0")
    print(f"{'':<32}{'CPU s':>8}{'wall s':>8}{'MB written':>12}{'files':>8}{'of':>8}")
    for name in ("one file", "one file, no copy before it"):
        measure(name, given.state, "file", now)
    add(given.state, given.articles, seed=2)
    measure(f"one file, {given.articles} articles later", given.state, "file", now)
    measure("one file, nothing new", given.state, "file", now)
    measure("by month, for the first time", given.state, "parquet", now + timedelta(hours=1))
    later = add(given.state, given.articles, seed=3)
    measure(f"by month, {given.articles} articles later", given.state, "parquet", later + timedelta(hours=1))
    measure("by month, nothing new", given.state, "parquet", later + timedelta(hours=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
