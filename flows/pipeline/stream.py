"""The stream: pages travel, are read and are loaded at the same time, with bounded room between the stages.

items -> one lane per domain (fetch) -> waiting pages -> workers (extract) -> finished items -> batches (load)
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from flows import policy
from flows.pipeline.worker import WorkerLost
from tasks.errors import StageError
from tasks.items import Finished, PageRead, WorkItem
from tasks.shape import Known, Retries, articles_asked, identities_asked
from tasks.text.article import PageJob
from tasks.urls import registrable_domain
from warehouse import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from flows.pipeline.pages import PageSource
    from flows.pipeline.pool import WorkerPool

RETRIES = Retries(policy.PAGE_TRIES, policy.PAGE_RETRY_AFTER)
RETRYABLE_FAILURES = frozenset({"too_slow", "worker_died", "bot_check"})


@dataclass(slots=True)
class Stream:
    """Takes items at any time with `put`; `finish` waits for all of them. An async context manager: leaving it early stops the stages."""

    context: RunContext
    source: PageSource
    pool: WorkerPool
    archive: RunArchive
    cause: str
    _lanes: dict[str, deque[WorkItem]] = field(default_factory=dict)
    _tasks: asyncio.TaskGroup = field(default_factory=asyncio.TaskGroup)
    _pages: asyncio.Queue[tuple[WorkItem, PageRead]] = field(default_factory=lambda: asyncio.Queue(policy.PAGES_IN_WAITING))
    _finished: asyncio.Queue[Finished] = field(default_factory=lambda: asyncio.Queue(2 * policy.BATCH_PAGES))
    _running: dict[str, int] = field(default_factory=dict)
    _open: int = 0
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _endless: list[asyncio.Task[None]] = field(default_factory=list)

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._idle.set()
        readers = [self._tasks.create_task(self._extract()) for _ in range(2 * self.context.settings.workers)]
        self._endless = [*readers, self._tasks.create_task(self._load())]
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for task in self._endless:
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    def put(self, items: Iterable[WorkItem]) -> None:
        """Take items in. Each domain has lanes of its own, so that a slow one holds up nobody else."""
        for item in items:
            domain = registrable_domain(item.url)
            self._lanes.setdefault(domain, deque()).append(item)
            self._open += 1
            self._idle.clear()
            if self._running.get(domain, 0) < policy.WEB.group_requests:
                self._running[domain] = self._running.get(domain, 0) + 1
                self._tasks.create_task(self._fetch(domain))

    async def finish(self) -> None:
        """Wait until every item that was put has been loaded."""
        await self._idle.wait()

    async def _fetch(self, domain: str) -> None:
        lane = self._lanes[domain]
        while lane:
            item = lane.popleft()
            page = await self.source.get(item)
            self.context.tell("fetch", 1)
            await self._pages.put((item, page))
        self._running[domain] -= 1

    async def _extract(self) -> None:
        while True:
            item, page = await self._pages.get()
            finished = await self._read(item, page)
            self.context.tell("extract", 1)
            await self._finished.put(finished)

    async def _read(self, item: WorkItem, page: PageRead) -> Finished:
        if page.outcome != "ok":
            return Finished(item, page, None, StageError(item.url, page.outcome, page.error), page.retryable)
        job = PageJob(page.body, page.content_type, page.final_url, item.entry, policy.EXTRACT_SECONDS)
        page = replace(page, body=b"")
        try:
            made = await self.pool.run(self.context.steps.make_article, job)
        except WorkerLost as lost:
            made = StageError(item.url, lost.reason, lost.detail)
        if isinstance(made, StageError):
            page = replace(page, error=made.detail)
            return Finished(item, page, None, made, retryable=made.reason in RETRYABLE_FAILURES)
        return Finished(item, page, made, None)

    async def _load(self) -> None:
        """Write a batch as soon as it is full, or old enough, or nothing more is on its way."""
        loop = asyncio.get_running_loop()
        while True:
            batch = [await self._finished.get()]
            deadline = loop.time() + policy.BATCH_SECONDS
            while len(batch) < self.context.steps.batch_pages and len(batch) < self._open:
                try:
                    batch.append(await asyncio.wait_for(self._finished.get(), max(0.0, deadline - loop.time())))
                except TimeoutError:
                    break
            await asyncio.to_thread(self._write, batch)
            self.context.tell("load", len(batch))
            self._open -= len(batch)
            if self._open == 0:
                self._idle.set()

    def _write(self, finished: Sequence[Finished]) -> None:
        """One batch: what is known of its articles is read, its rows are computed, and written in one transaction."""
        context = self.context
        self.archive.sync()
        ordered = sorted(finished, key=lambda each: (each.page.at, each.item.entry_key))
        with context.warehouse() as connection:
            aliases = read.aliases(connection, identities_asked(ordered))
            latest = read.latest_observations(connection, articles_asked(ordered, aliases))
            known = Known(aliases, {article_id: each.content_hash for article_id, each in latest.items()})
            rows = context.steps.shape(ordered, known, run_id=context.run_id, cause=self.cause, now=context.world.now(), retries=RETRIES)
            context.write(connection, rows)
