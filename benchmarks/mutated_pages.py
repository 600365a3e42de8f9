"""Damaged pages through extraction, in a real worker process: none may raise, hang or end it.

    python -m benchmarks.mutated_pages [--pages 20000] [--seed 1] [--only KIND] [--from FILE.jsonl]

The pages are the demo newsroom's, or those of files of lines {"url": ..., "html": PATH}, as `feedmill extract --jsonl` takes them. The exit
code is 1 if anything was found; `--seed N --pages 1` then brings a page back.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.mutations import KINDS, mutate
from flows.demo.newsroom import Newsroom
from flows.demo.responses import Request
from flows.pipeline.files import read_file
from flows.pipeline.pool import WorkerPool
from flows.pipeline.worker import WorkerLost
from tasks.errors import StageError
from tasks.text.article import make_article
from tasks.text.job import PageJob

SECONDS = 30.0
SHOWN = 20


@dataclass(slots=True)
class Tally:
    """What became of the pages of one kind."""

    pages: int = 0
    articles: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    slowest_ms: float = 0.0
    slowest_seed: int = 0


def demo_pages() -> list[tuple[str, bytes]]:
    """(url, body) of every page that the newsroom serves with an article."""
    newsroom = Newsroom(1)
    found = []
    for article in newsroom.truth().articles:
        host, _, path = article.url.removeprefix("http://").partition("/")
        answer = newsroom.respond(Request(host, f"/{path}", {}), 3)
        if answer.status == 200 and len(answer.body) < 500_000:
            found.append((article.url, answer.body))
    return found


def pages_of(source: Path) -> list[tuple[str, bytes]]:
    rows = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()]
    return [(row["url"], read_file(source.parent / row["html"])) for row in rows]


async def run(pages: list[tuple[str, bytes]], seeds: range, only: str | None, tallies: dict[str, Tally], findings: list[str]) -> None:
    """Fill in tallies, by kind of damage, and what was found."""
    async with WorkerPool(1) as pool:
        await pool.run(len, "")  # starts the worker, which is not what is measured
        for seed in seeds:
            rng = random.Random(seed)
            kind = only or rng.choice(list(KINDS))
            (url, page), (_, other) = rng.choice(pages), rng.choice(pages)
            job = PageJob(mutate(page, other, kind, rng), "text/html", url, None, SECONDS)
            began = time.perf_counter()
            outcome = await _outcome(pool, job)
            _count(tallies.setdefault(kind, Tally()), outcome, 1_000 * (time.perf_counter() - began), seed)
            if (seed - seeds.start) % 1_000 == 999:
                print(f"{seed - seeds.start + 1} pages", file=sys.stderr, flush=True)
            if outcome.startswith("!") or outcome == "too_slow":
                findings.append(f"seed {seed}, {kind}, {url}: {outcome}")
                print(findings[-1], file=sys.stderr, flush=True)


async def _outcome(pool: WorkerPool, job: PageJob) -> str:
    """`article`, the reason why there is none, or ! and what must not happen."""
    try:
        made = await pool.run(make_article, job)
    except WorkerLost as lost:
        return f"!{lost.reason}: {lost.detail}"
    except Exception as failure:  # noqa: BLE001 - any is a finding
        return f"!{type(failure).__name__}: {failure}"
    return made.reason if isinstance(made, StageError) else "article"


def _count(tally: Tally, outcome: str, milliseconds: float, seed: int) -> None:
    tally.pages += 1
    tally.articles += outcome == "article"
    if outcome != "article":
        tally.rejected[outcome.partition(":")[0]] += 1
    if milliseconds > tally.slowest_ms:
        tally.slowest_ms, tally.slowest_seed = milliseconds, seed


def shown(tallies: dict[str, Tally]) -> Table:
    table = Table("damage", "pages", "articles", "rejected", "slowest ms", "of seed", "crashes")
    for kind, tally in sorted(tallies.items()):
        rejected = ", ".join(f"{reason} {count}" for reason, count in tally.rejected.most_common())
        crashes = sum(count for reason, count in tally.rejected.items() if reason.startswith("!"))
        table.add_row(
            kind, f"{tally.pages}", f"{tally.articles}", rejected, f"{tally.slowest_ms:,.0f}", f"{tally.slowest_seed}", f"{crashes}"
        )
    return table


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(KINDS))
    parser.add_argument("--from", dest="source", type=Path, action="append", default=[])
    parser.add_argument("--demo", action="store_true", help="the newsroom's pages too")
    given = parser.parse_args()
    pages = [page for source in given.source for page in pages_of(source)] + (demo_pages() if not given.source or given.demo else [])
    tallies: dict[str, Tally] = {}
    findings: list[str] = []
    try:
        asyncio.run(run(pages, range(given.seed, given.seed + given.pages), given.only, tallies, findings))
    except KeyboardInterrupt:
        print("stopped early")
    Console(width=160).print(shown(tallies))
    print(f"{sum(tally.pages for tally in tallies.values())} pages, {len(findings)} findings")
    for finding in findings[:SHOWN]:
        print(f"  {finding}")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
