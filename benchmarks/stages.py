"""What each stage of a run costs: CPU ms an article, by the real code, beside what trafilatura needs for the same pages in the same run.

`python -m benchmarks.stages [--folder PAGES | --jsonl FILE] [--publishers 10] [--pages 60] [--hosts 20] [--rounds 2] [--profile LINES]`:
pages, feeds and arrivals as for benchmarks/end_to_end.py. An ingest runs in this process, its workers too, so that all of it can be told
apart; what they would hand over is pickled all the same. Two columns: the first arrival, from which is learned, and those after it. Each
with its spread over the rounds. --profile: instead of the table, which functions the reading of pages spends its own time in.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import pickle
import pstats
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Self

import trafilatura

from benchmarks import editions
from benchmarks.page_server import PageServer
from benchmarks.stage_clock import StageClock, counting
from flows.feeds_file import read_feeds
from flows.pipeline.context import Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.publish import publish
from flows.settings import Settings
from flows.world import this_world
from tasks.text.job import PageJob

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from benchmarks.editions import Layout

PLACES = (
    ("start: schema, lease, what is known", "flows.pipeline.ingest:begin"),
    ("poll: read feeds", "flows.pipeline.ask:as_value"),
    ("poll: decide and write", "flows.pipeline.polls:Poller._record"),
    ("archive", "flows.pipeline.archive:RunArchive.append"),
    ("archive", "flows.pipeline.archive:RunArchive.sync"),
    ("extract: decode", "tasks.text.article:decode"),
    ("extract: parse", "tasks.text.extract:parse"),
    ("extract: metadata", "tasks.text.extract:collect"),
    ("extract: guessed date", "tasks.text.extract:_guessed_date"),
    ("extract: blocks", "tasks.text.extract:segment"),
    ("extract: trafilatura's part", "tasks.text.extract:article_lines"),
    ("extract: align", "tasks.text.extract:align"),
    ("extract: template", "tasks.text.extract:apply_template"),
    ("extract: mark blocks", "tasks.text.extract:_blocks"),
    ("extract: walls", "tasks.text.extract:signs"),
    ("extract: rest", "tasks.text.article:read_page"),
    ("clean: decide", "tasks.text.clean:decide"),
    ("clean: visible metadata", "tasks.text.clean:visible_candidates"),
    ("clean: choose metadata", "tasks.text.clean:choose"),
    ("clean: language", "tasks.text.clean:choose_language"),
    ("clean: rest", "tasks.text.article:clean"),
    ("shape: what is stored of a page", "tasks.reading:reading_of"),
    ("load: look up", "flows.pipeline.stream:Stream._look_up"),
    ("load: write", "flows.pipeline.context:load"),
    ("learn: read ledgers", "warehouse.learning:ledgers"),
    ("learn: learn", "flows.pipeline.refine:learn"),
    ("learn: templates", "flows.pipeline.refine:learn_templates"),
    ("learn: rest", "flows.pipeline.refine:relearn"),
    ("learn: which articles it touches", "flows.pipeline.refine:_touched"),
    ("near-duplicates", "flows.pipeline.near_duplicates:_unsigned"),
    ("near-duplicates", "flows.pipeline.near_duplicates:_compare"),
    ("versions", "flows.pipeline.revisions:_compare"),
    ("audit, close the run", "flows.pipeline.run:end"),
)
OPENED = (("open and close the file", "flows.pipeline.context:live"),)
PUBLISH, SHAPE, HAND_OVER, READ = "publish", "shape: rows", "hand over (pickle)", "read a page: rest"
FETCH, ELSEWHERE = "fetch: client, event loop", "elsewhere: DuckDB's own threads and what is not named"
THEIRS = "(trafilatura with metadata)"


class TimedPool:
    """In place of worker processes: everything at once, here, with what a worker's pipe would cost."""

    def __init__(self, clock: StageClock, profile: cProfile.Profile | None) -> None:
        self._clock, self._profile = clock, profile

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return

    async def run(self, function: Callable[..., object], *args: object) -> object:
        """What the function gives."""
        return await self._done(function, args, ())

    async def run_with(self, last: object, function: Callable[..., object], *args: object) -> object:
        """The same; the last argument stays with the worker."""
        return await self._done(function, args, (last,))

    async def _done(self, function: Callable[..., object], args: tuple[object, ...], kept: tuple[object, ...]) -> object:
        await asyncio.sleep(0)
        with self._clock.stage(HAND_OVER):
            args = pickle.loads(pickle.dumps(args, pickle.HIGHEST_PROTOCOL))  # noqa: S301 - our own
        with self._clock.stage(READ), self._profile or nullcontext():
            value = function(*args, *kept)
        with self._clock.stage(HAND_OVER):
            value = pickle.loads(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))  # noqa: S301 - our own
        for job in args:
            if isinstance(job, PageJob) and self._profile is None:
                with self._clock.stage(THEIRS):
                    trafilatura.bare_extraction(job.body, url=job.url, with_metadata=True, include_comments=False)
        return value


@dataclass(frozen=True, slots=True)
class Arrival:
    """One ingest and what each stage of it used, in seconds. articles: that it loaded."""

    seconds: Mapping[str, float]
    articles: int


def play(layout: Layout, server: PageServer, folder: Path, profile: cProfile.Profile | None = None) -> list[Arrival]:
    """An ingest, with its publish, for each arrival."""
    settings = Settings(
        state=folder / "state", workers=2, pace_seconds=0.0, allow_loopback=True, connect_to=dict.fromkeys(layout.hosts, server.address)
    )
    listed = folder / "feeds.toml"
    listed.write_text("".join(f'[[feeds]]\nurl = "{url}"\n\n' for url in layout.feeds), encoding="utf-8")
    arrivals = []
    for number in range(len(layout.arrivals)):
        server.arrive(number)
        clock = StageClock()
        steps = Steps(open_pool=lambda _, clock=clock: TimedPool(clock, profile))
        steps = replace(steps, shape=clock.timed(SHAPE, steps.shape))
        with counting(PLACES, clock.timed), counting(OPENED, clock.opened):
            began, mine = time.process_time(), time.thread_time()
            summary = ingest(settings, read_feeds(listed), this_world(), force=True, steps=steps)
            with clock.stage(PUBLISH):
                publish(settings, this_world())
            used, mine = time.process_time() - began, time.thread_time() - mine
        clock.seconds[FETCH] = mine - clock.on_main_thread
        clock.seconds[ELSEWHERE] = used - sum(clock.seconds.values())
        arrivals.append(Arrival(dict(clock.seconds), summary.entries.get("loaded", 0)))
    return arrivals


def show(rounds: Sequence[Sequence[Arrival]]) -> None:
    """A line per stage, dearest first: ms an article in the first arrival, and in those after it."""
    parts = [[(played[:1], played[1:]) for played in rounds]]
    columns = [[_ms(each[side]) for each in parts[0] if each[side]] for side in (0, 1)]
    names = sorted(
        {name for column in columns for each in column for name in each}, key=lambda name: -_mean(columns[-1] or columns[0], name)
    )
    print(f"{'CPU ms an article':56}{'first arrival':>26}{'after it':>26}")
    for name in [*(each for each in names if each != THEIRS), THEIRS]:
        print(f"{name:56}" + "".join(_spread([each.get(name, 0.0) for each in column]) for column in columns))
    totals = [[sum(ms for name, ms in each.items() if name != THEIRS) for each in column] for column in columns]
    print(f"{'all but trafilatura':56}" + "".join(map(_spread, totals)))


def _ms(arrivals: Sequence[Arrival]) -> Mapping[str, float]:
    articles = max(1, sum(each.articles for each in arrivals))
    names = {name for each in arrivals for name in each.seconds}
    return {name: 1000 * sum(each.seconds.get(name, 0.0) for each in arrivals) / articles for name in names}


def _mean(column: Sequence[Mapping[str, float]], name: str) -> float:
    return mean(each.get(name, 0.0) for each in column)


def _spread(values: Sequence[float]) -> str:
    return f"{f'{mean(values):.2f} ({min(values):.2f} to {max(values):.2f})':>26}" if values else ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--jsonl", type=Path)
    parser.add_argument("--publishers", type=int, default=10)
    parser.add_argument("--pages", type=int, default=60, help="of each publisher")
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--profile", type=int, metavar="LINES")
    options = parser.parse_args()
    profile = cProfile.Profile() if options.profile else None
    with tempfile.TemporaryDirectory(prefix="feedmill-stages-") as scratch:
        folder = Path(scratch)
        found = editions.models(options.folder, options.jsonl)
        pages = editions.many_of_few(found, publishers=options.publishers, pages=options.pages, hosts=options.hosts)
        layout = editions.write(pages, found, folder / "site")
        print(
            f"{len(pages)} pages, {layout.mean_kb:.0f} kB and {layout.mean_blocks:.0f} blocks each; arrivals: {layout.arrivals}", flush=True
        )
        rounds = []
        with PageServer(folder / "site", (0.0, 1.0)) as server:
            for number in range(1 if profile else options.rounds):
                place = folder / str(number)
                place.mkdir()
                rounds.append(play(layout, server, place, profile))
    if profile:
        pstats.Stats(profile).sort_stats("tottime").print_stats(options.profile)
    else:
        show(rounds)


if __name__ == "__main__":
    main()
