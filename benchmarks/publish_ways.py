"""What publishing costs in each way: the whole file; by month for the first time; and again after a run's worth of new articles.

    python -m benchmarks.publish_ways STATE [--articles 500]

STATE: a folder with a live.duckdb that may be changed, as benchmarks.generated_warehouse writes it: make a copy. Its published copy is
replaced. Prints CPU and wall seconds of this process, and the bytes that were written.
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

RUN_ID = UUID(int=7)


def add(state: Path, articles: int) -> datetime:
    """Bring the file to this version and load new articles, as a run does. Returns when that is."""
    with live(state / "live.duckdb", wait_seconds=0) as connection:
        new = arrivals(state, connection, articles=articles, seed=2, run_id=RUN_ID, batch_pages=policy.BATCH_PAGES)
        run = RunRow(RUN_ID, "ingest", "0.1.0", "rules-1", None, "c0ffee", "mill", 1, new.now, None, "running", None)
        for batch in (Batch(runs=(run,)), merged(new.polls), *new.articles):
            load(connection, batch)
        connection.execute("checkpoint")
    return new.now


def measure(name: str, state: Path, way: Way, now: datetime) -> None:
    """Publish, and print a line."""
    phases: list[tuple[str, float]] = []
    before = {path: path.stat().st_mtime_ns for path in state.rglob("*.parquet") if path.is_file()}
    cpu, wall = time.process_time(), time.perf_counter()
    manifest = publish(
        state / "live.duckdb", state / "news.duckdb", now=now, code_version="0.1.0", wait_seconds=0, way=way,
        on_phase=lambda phase: phases.append((phase, time.perf_counter())),
    )  # fmt: skip
    ended = time.perf_counter()
    spent = time.process_time() - cpu
    written = [path for path in state.rglob("*.parquet") if path.is_file() and before.get(path) != path.stat().st_mtime_ns]
    size = manifest.bytes + sum(path.stat().st_size for path in written)
    print(f"{name:<28}{spent:>8.1f}{ended - wall:>8.1f}{size / 1e6:>12,.0f}{len(written):>8}{len(manifest.files):>8}", flush=True)
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
    print(f"{'':<28}{'CPU s':>8}{'wall s':>8}{'MB written':>12}{'files':>8}{'of':>8}")
    measure("one file", given.state, "file", now)
    measure("by month, for the first time", given.state, "parquet", now + timedelta(hours=1))
    later = add(given.state, given.articles)
    measure(f"by month, {given.articles} articles later", given.state, "parquet", later + timedelta(hours=1))
    measure("by month, nothing new", given.state, "parquet", later + timedelta(hours=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
