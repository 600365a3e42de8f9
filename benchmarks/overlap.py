"""What a run takes against its halves alone: `python -m benchmarks.overlap [--hosts 100] [--pages 20]`, pages a host.

A site on loopback answers after 20 to 50 ms. Wall of fetching its pages into an archive and no more, of reading the same pages in worker
processes and no more, and of a run that does both, loads, learns and checks, all by the run's own code. Both overlap as they should
where the run takes little longer than the longer of the two.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.page_server import PageServer
from flows import policy
from flows.pipeline.archive import RunArchive
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.ingest import ingest
from flows.pipeline.pages import WebPages
from flows.pipeline.pool import WorkerPool
from flows.pipeline.progress import nobody
from flows.pipeline.web import open_web
from flows.settings import Settings
from flows.world import this_world
from tasks.items import PageRead, WorkItem
from tasks.model import Entry, Feed
from tasks.reading import read_with
from tasks.text.article import make_article
from tasks.text.job import PageJob
from tasks.text.knowledge import NOTHING_KNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence

LATENCY_MS = (20.0, 50.0)
WORKERS = 2


async def fetched(context: RunContext, hosts: Sequence[str], pages: int) -> list[PageRead]:
    """All pages, from the network and into the archive, as many of a host at a time as a run asks for."""
    archive = await asyncio.to_thread(RunArchive, context)
    web = open_web(context.settings, context.world, archive)
    source, found = WebPages(context, web, archive, {}), list[PageRead]()

    async def lane(urls: list[str]) -> None:
        while urls:
            url = urls.pop()
            found.append(await source.get(WorkItem(context.world.new_id(), url, url, Entry(0, url, url), (), None, 0, url)))

    async with web, asyncio.TaskGroup() as lanes:
        for host in hosts:
            urls = [f"http://{host}/story-{number}" for number in range(pages)]
            for _ in range(policy.WEB.group_requests):
                lanes.create_task(lane(urls))
    await asyncio.to_thread(archive.close)
    return found


async def read(pages: Sequence[PageRead]) -> int:
    """How many of them are articles, each read in a worker process."""
    left, articles = list(pages), 0

    async def reader(pool: WorkerPool) -> None:
        nonlocal articles
        while left:
            page = left.pop()
            job = PageJob(page.body, page.content_type, page.final_url, None, policy.EXTRACT_SECONDS, fetched_at=page.at)
            made = await pool.run_with(NOTHING_KNOWN, read_with, make_article, job)
            articles += not isinstance(made, Exception)

    async with WorkerPool(WORKERS) as pool, asyncio.TaskGroup() as readers:
        for _ in range(2 * WORKERS):
            readers.create_task(reader(pool))
    return articles


def main() -> None:
    """Measure the halves, then the run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--pages", type=int, default=20, help="of each host")
    given = parser.parse_args()
    hosts = [f"www.paper{number}.test" for number in range(given.hosts)]
    with PageServer(given.pages, LATENCY_MS) as server, tempfile.TemporaryDirectory() as folder:
        routes = dict.fromkeys(hosts, server.address)
        settings = Settings(state=Path(folder, "run"), workers=WORKERS, pace_seconds=0.0, allow_loopback=True, connect_to=routes)
        alone = settings.model_copy(update={"state": Path(folder, "alone")})
        world, steps = this_world(), Steps()
        began = time.perf_counter()
        pages = asyncio.run(fetched(RunContext(world.new_id(), alone, world, nobody, steps), hosts, given.pages))
        fetching = time.perf_counter() - began
        began = time.perf_counter()
        articles = asyncio.run(read(pages))
        reading = time.perf_counter() - began
        summary = ingest(settings, [Feed(host, f"http://{host}/feed.xml") for host in hosts], world)
    loaded, seconds = summary.entries.get("loaded", 0), summary.seconds
    print(f"{len(pages):,} pages of {given.hosts} hosts, {articles:,} articles alone, {loaded:,} loaded by the run")
    print(f"fetching alone {fetching:.1f} s, reading alone {reading:.1f} s, the run {seconds:.1f} s")
    print(f"the run takes {seconds / max(fetching, reading):.2f} times the longer half, {seconds / (fetching + reading):.2f} of both")


if __name__ == "__main__":
    main()
