"""What a run costs as the warehouse grows: loading 500 new articles and everything else a run does against the file, step by step.

    python -m benchmarks.growth FOLDER... [--articles 500] [--repeat 3]

FOLDER: as benchmarks.generated_warehouse writes them, smallest first; each live file is copied, and the copy worked on. What its publishers
teach is learned before. The steps are the pipeline's own: a run begins, feeds are polled, pages are looked up and loaded in batches,
publishers that grew are learned anew, texts are compared, the run is audited and closed, and what the file took on is published. Nothing is
fetched or extracted. Prints CPU and wall seconds of every step, the median over the runs, and each total as a multiple of the first
folder's.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.new_articles import Arrivals, arrivals
from flows import policy
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.ingest import EVER
from flows.pipeline.knowledge import known_now
from flows.pipeline.lease import RunLease
from flows.pipeline.near_duplicates import find_near_duplicates
from flows.pipeline.progress import nobody
from flows.pipeline.refine import relearn
from flows.pipeline.run import begin, end
from flows.pipeline.templates import template_work
from flows.settings import Settings
from flows.world import World, this_world
from tasks.refine import due_publishers
from tasks.shape import merged
from warehouse import learning, read
from warehouse.lease import INGEST
from warehouse.migrate import migrate
from warehouse.publish import publish

if TYPE_CHECKING:
    from collections.abc import Iterator

FIRST_SEED = 1_000

UNCOUNTED = 2
"""First runs that are left out: from the third on there is a published copy that is brought up to date, as there is in daily work."""


@dataclass(slots=True)
class Clock:
    """Step -> (CPU, wall) seconds of each time it was done."""

    spent: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Measure what is done inside, under that name."""
        cpu, wall = time.process_time(), time.perf_counter()
        yield
        self.spent[name].append((time.process_time() - cpu, time.perf_counter() - wall))


def measure(folder: Path, *, articles: int, repeat: int) -> dict[str, tuple[float, float]]:
    """Step -> median CPU and wall seconds of a run."""
    with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
        state = Path(scratch)
        shutil.copyfile(folder / "live.duckdb", state / "live.duckdb")
        _learn_all(state)
        runs = [_one_run(state, articles, FIRST_SEED + number) for number in range(UNCOUNTED + repeat)][UNCOUNTED:]
    return {name: _median(runs, name) for name in runs[0].spent}


def _learn_all(state: Path) -> None:
    """Learn what a warehouse of its age has long learned: it was written in one go, and each run would make up for a part of it."""
    world = this_world()
    context = RunContext(world.new_id(), Settings(state=state), world, nobody, Steps())
    with context.warehouse() as connection:
        migrate(connection, now=world.now(), code_version=world.code_version)
    while True:
        with context.warehouse() as connection:
            counts, states = learning.article_counts(connection), learning.learning_states(connection)
            due = due_publishers(counts, states, context.steps.refining) or template_work(context, connection, counts).due
        if not due:
            return
        relearn(context)


def _median(runs: list[Clock], name: str) -> tuple[float, float]:
    cpu, wall = zip(*([sum(part) for part in zip(*run.spent[name], strict=True)] for run in runs), strict=True)
    return statistics.median(cpu), statistics.median(wall)


def _one_run(state: Path, articles: int, seed: int) -> Clock:
    clock, real = Clock(), this_world()
    settings = Settings(state=state)
    run_id = real.new_id()
    context = RunContext(run_id, settings, real, nobody, Steps())
    with context.warehouse() as connection:
        new = arrivals(state, connection, articles=articles, seed=seed, run_id=run_id, batch_pages=policy.BATCH_PAGES)
    world = _world_at(real, new)
    context = RunContext(run_id, settings, world, nobody, Steps(), lease=RunLease(INGEST, "ingest", run_id, world))
    with clock.step("begin"), context.warehouse() as connection:
        begun = begin(context, connection, "ingest", None)
        read.feed_states(connection, [row.feed_id for batch in new.polls for row in batch.feed_states])
        read.feed_urls(connection)
        pending = read.pending_entries(connection, kind="feed", now=EVER, limit=policy.RESUMED_PER_RUN)
        read.polls(connection, {row.poll_id for row in pending})
        known_now(context, connection)
        read.host_files(connection, now=world.now(), most=policy.WEB.robots_max_hosts, most_bytes=policy.HOST_FILES_BYTES)
    for start in range(0, len(new.polls), policy.POLLS_PER_BATCH):
        with clock.step("polls: look up and write"), context.warehouse() as connection:
            group = merged(new.polls[start : start + policy.POLLS_PER_BATCH])
            read.known_entries(connection, [(row.feed_id, row.entry_key) for row in group.known_entries])
            read.aliases(connection, {hash(row.entry_key) % 2**64 for row in group.known_entries})
            context.write(connection, group)
    for batch in new.articles:
        with clock.step("pages: look up and load"), context.warehouse() as connection:
            read.aliases(connection, {row.alias_key for row in batch.entry_aliases})
            read.latest_observations(connection, {row.article_id for row in batch.articles})
            context.write(connection, batch)
    with clock.step("learn"):
        relearn(context)
    with clock.step("compare texts"):
        asyncio.run(find_near_duplicates(context))
    with clock.step("audit and end"):
        end(context, begun)
    with clock.step("publish"):
        publish(
            settings.live, settings.published, now=real.now(), code_version=world.code_version, wait_seconds=0, former_rests=timedelta(0)
        )
    return clock


def _world_at(real: World, new: Arrivals) -> World:
    """A world whose clock stands at the beginning of what arrives, and goes on from there."""
    began = real.now()
    return replace(real, now=lambda: new.now + (real.now() - began))


def main() -> int:
    """Print the table; exit code 0."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    found = {folder: measure(folder, articles=given.articles, repeat=given.repeat) for folder in given.folders}
    first = found[given.folders[0]]
    print(f"{'CPU s (wall s)':<28}" + "".join(f"{folder.name:>18}" for folder in found))
    for name in first:
        print(f"{name:<28}" + "".join(f"{each[name][0]:>9.2f} ({each[name][1]:>6.2f})" for each in found.values()))
    totals = [sum(cpu for name, (cpu, _) in each.items() if name != "publish") for each in found.values()]
    print(f"{'all but publish':<28}" + "".join(f"{total:>9.2f} ({total / totals[0]:>5.1f}x)" for total in totals))
    totals = [sum(cpu for cpu, _ in each.values()) for each in found.values()]
    print(f"{'all':<28}" + "".join(f"{total:>9.2f} ({total / totals[0]:>5.1f}x)" for total in totals))
    return 0


if __name__ == "__main__":
    sys.exit(main())
