"""Readers of the published copy while a writer loads and publishes without pause: may any of them fail, or see half of something?

    python -m benchmarks.readers_beside_writer [--reads 1000] [--held 20] [--articles 5000]

The writer is a process of its own. Its warehouse is generated, and each batch it loads is followed by a publish. A read opens the copy
anew, counts, and must find what one copy held as a whole: a text, a page and an observation for each article, and no fewer articles than
the read before. Some connections stay open: each must find to the end what it found at first. Exit code 1 if any read fails.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from benchmarks.generated_warehouse import Shape, generate
from benchmarks.new_articles import arrivals
from flows import policy
from flows.pipeline.publish import publish
from flows.settings import Settings
from flows.world import this_world
from warehouse import open_published
from warehouse.connect import live
from warehouse.errors import WarehouseError
from warehouse.load import load
from warehouse.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.sharedctypes import Synchronized
    from multiprocessing.synchronize import Event

UNTIL = datetime.fromisoformat("2026-11-23T00:00+00:00")
BATCH_PAGES = 16
WRITER_STARTS_SECONDS = 300.0
CHECKED = """
    select
      (select count(*) from articles) as articles,
      (select count(*) from articles anti join article_texts using (article_id)) as without_text,
      (select count(*) from article_observations anti join pages using (page_id)) as without_page,
      (select count(*) from articles anti join articles_current using (article_id)) as without_reading
"""


@dataclass(slots=True)
class Reads:
    """milliseconds: of each read that went well. failures: what was said, or what was wrong, when one did not."""

    milliseconds: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of it. copies: published while readers read."""

    opened: Reads
    held: Reads
    copies: int
    articles_before: int
    articles_after: int


def watch(folder: Path, *, articles: int, reads: int, held: int) -> Watched:
    """Read so often beside a writer, and again on each held connection, opened one by one on the way."""
    settings = Settings(state=folder)
    generate(settings.live, Shape(articles, seed=1, days=30, until=UNTIL))
    publish(settings, this_world())
    opened, kept = Reads(), Reads()
    with _writing(folder, articles) as copies, ExitStack() as stack:
        waited = _wait_for(copies)
        before = _count(settings.published, opened, at_least=0)
        last, connections = before, []
        for number in range(reads):
            last = _count(settings.published, opened, at_least=last)
            if number % max(1, reads // held) == 0 and len(connections) < held:
                connection = stack.enter_context(open_published(settings.published))
                connections.append((connection, connection.execute(CHECKED).fetchall()))
            for connection, found in connections:
                _read_again(connection, found, kept)
        return Watched(opened, kept, copies.value - waited, before, last)


def _count(path: Path, reads: Reads, *, at_least: int) -> int:
    """Open the copy and its manifest anew. Returns how many articles there are, at_least if that cannot be said."""
    began = time.perf_counter()
    try:
        with open_published(path) as news:
            [(articles, *missing)] = news.execute(CHECKED).fetchall()
        manifest = read_manifest(path)
    except (WarehouseError, duckdb.Error, ValueError) as failure:
        reads.failures.append(str(failure))
        return at_least
    if articles < at_least or any(missing) or manifest is None:
        reads.failures.append(f"{articles} articles after {at_least}; without text, page, reading: {missing}; manifest: {manifest}")
    reads.milliseconds.append(1_000 * (time.perf_counter() - began))
    return int(articles)


def _read_again(connection: duckdb.DuckDBPyConnection, expected: list[tuple[int, ...]], reads: Reads) -> None:
    began = time.perf_counter()
    try:
        found = connection.execute(CHECKED).fetchall()
    except duckdb.Error as failure:
        reads.failures.append(str(failure))
        return
    if found != expected:
        reads.failures.append(f"a held connection found {found} after {expected}")
    reads.milliseconds.append(1_000 * (time.perf_counter() - began))


@contextmanager
def _writing(folder: Path, articles: int) -> Iterator[Synchronized[int]]:
    """A writer of so many new articles at work; the number of copies that it published so far."""
    context = multiprocessing.get_context("spawn")
    copies, stop = context.Value("q", 0), context.Event()
    writer = context.Process(target=_write, args=(folder, articles, copies, stop))
    writer.start()
    try:
        yield copies
    finally:
        stop.set()
        writer.join()
    if writer.exitcode:
        raise SystemExit(f"the writer ended with exit code {writer.exitcode}")


def _write(folder: Path, articles: int, copies: Synchronized[int], stop: Event) -> None:
    policy.FORMER_RESTS = timedelta(0)  # copies follow each other at once, and are made of each other
    settings, world = Settings(state=folder), this_world()
    with tempfile.TemporaryDirectory() as scratch, live(settings.live, wait_seconds=1) as stored:
        new = arrivals(Path(scratch), stored, articles=articles, seed=2, run_id=world.new_id(), batch_pages=BATCH_PAGES)
    batches = iter((*new.polls, *new.articles))
    while not stop.is_set():
        batch = next(batches, None)
        if batch:
            with live(settings.live, wait_seconds=1) as connection:
                load(connection, batch)
        publish(settings, world)
        copies.value += 1


def _wait_for(copies: Synchronized[int]) -> int:
    """Until the writer has begun to publish. Returns how many copies there are."""
    deadline = time.monotonic() + WRITER_STARTS_SECONDS
    while not copies.value and time.monotonic() < deadline:
        time.sleep(0.01)
    return copies.value


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--reads", type=int, default=1_000)
    parser.add_argument("--held", type=int, default=20)
    parser.add_argument("--articles", type=int, default=5_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        seen = watch(Path(folder), articles=given.articles, reads=given.reads, held=given.held)
    print(f"{seen.copies:,} copies published meanwhile; articles from {seen.articles_before:,} to {seen.articles_after:,}\n")
    print(f"{'reads':<24}{'well':>8}{'failed':>8}{'median ms':>12}{'slowest ms':>12}")
    for name, reads in (("opened anew", seen.opened), (f"on {given.held} held connections", seen.held)):
        times = reads.milliseconds or [0.0]
        print(f"{name:<24}{len(reads.milliseconds):>8,}{len(reads.failures):>8,}{statistics.median(times):>12.1f}{max(times):>12.1f}")
    failures = seen.opened.failures + seen.held.failures
    print("\n".join(failures[:20]))
    return 1 if failures or not seen.copies else 0


if __name__ == "__main__":
    sys.exit(main())
