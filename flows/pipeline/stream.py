"""The stream: pages travel, are read and are loaded at the same time, with bounded room between the stages.

items -> one lane per domain (fetch) -> waiting pages -> workers (extract) -> finished items -> batches (load)
"""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from flows import policy
from flows.pipeline.read_alike import read_alike
from flows.pipeline.reclean import reread
from flows.pipeline.worker import WorkerLost
from tasks.article_rows import reread_rows
from tasks.canonical import address_of
from tasks.errors import StageError
from tasks.items import Finished, PageRead, WorkItem
from tasks.reading import Reading, read_with
from tasks.shape import Known, Retries, article_of, articles_asked, identities_asked, merged, publisher_of
from tasks.text.job import TEXT_OF_FEED, PageJob
from tasks.urls import article_id, registrable_domain, url_key
from warehouse import learning, read

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    import duckdb

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from flows.pipeline.pages import PageSource
    from flows.pipeline.pool import WorkerPool
    from flows.pipeline.reclean import Reread
    from tasks.snapshots import ActiveKnowledge
    from tasks.text.knowledge import Knowledge
    from warehouse.read import LatestObservation
    from warehouse.stored import StoredReading

RETRIES = Retries(policy.PAGE_TRIES, policy.PAGE_RETRY_AFTER)
RETRYABLE_FAILURES = frozenset({"too_slow", "worker_died", "bot_check"})


@dataclass(slots=True)
class Stream:
    """Takes items at any time with `put`; `finish` waits for all of them. An async context manager: leaving it early stops the stages."""

    context: RunContext
    source: PageSource
    pool: WorkerPool
    archive: RunArchive
    knowledge: ActiveKnowledge
    cause: str
    _lanes: dict[str, deque[WorkItem]] = field(default_factory=dict)
    _tasks: asyncio.TaskGroup = field(default_factory=asyncio.TaskGroup)
    _pages: asyncio.Queue[tuple[WorkItem, PageRead]] = field(default_factory=lambda: asyncio.Queue(policy.PAGES_IN_WAITING))
    _finished: asyncio.Queue[Finished | None] = field(default_factory=lambda: asyncio.Queue(2 * policy.BATCH_PAGES))
    _running: dict[str, int] = field(default_factory=dict)
    _open: int = 0
    _all_put: bool = False
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
        """Wait until every item that was put has been loaded. Until then a batch waits for more, now it takes what there is."""
        self._all_put = True
        await self._finished.put(None)  # nothing is finished: a batch that waits looks again
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
        """What comes of a page; of what the feed brings, where the page has nothing to give and will not be asked again."""
        failed = await self._read_page(item, page)
        if failed.reading or (failed.retryable and item.attempts + 1 < RETRIES.tries):
            return failed
        other = await self.source.instead(failed)
        made = await self._read_page(item, other) if other else failed
        return replace(made, failure=failed.failure, retryable=failed.retryable, instead_of=failed.page) if made.reading else failed

    async def _read_page(self, item: WorkItem, page: PageRead) -> Finished:
        address = address_of(item.url, page.final_url, None)
        if page.outcome != "ok":
            return Finished(item, page, address, None, StageError(item.url, page.outcome, page.error), page.retryable)
        job = PageJob(page.body, page.content_type, page.final_url, item.entry, policy.EXTRACT_SECONDS, fetched_at=page.at)
        page = replace(page, body=b"")
        try:
            address, made = await self._made(item, job, address)
        except WorkerLost as lost:
            made = StageError(item.url, lost.reason, lost.detail)
        if isinstance(made, StageError):
            page = replace(page, error=made.detail)
            return Finished(item, page, address, None, made, retryable=made.reason in RETRYABLE_FAILURES)
        return Finished(item, page, address, made, None)

    async def _made(self, item: WorkItem, job: PageJob, address: str) -> tuple[str, Reading | StageError]:
        """The article's address and what the page says, read with what is known of that article.

        The page of a file tells only itself whose it is; then it is read again with what is known of that publisher, if anything is.
        address: as far as it shows from outside.
        """
        known = self._known(item, address)
        made = await self.pool.run_with(known, read_with, self.context.steps.make_article, job)
        named = address_of(item.url, job.url, made) if isinstance(made, Reading) else address
        if named != address and (own := self._known(item, named)) != known:
            made = await self.pool.run_with(own, read_with, self.context.steps.make_article, job)
        return named, made

    def _known(self, item: WorkItem, address: str) -> Knowledge:
        return self.knowledge.of(publisher_of(address), item.article_id or article_id(url_key(address)))

    async def _load(self) -> None:
        """Write batches as they come."""
        while True:
            batch = await self._next_batch()
            ordered = sorted(batch, key=lambda each: (each.page.at, each.item.entry_key))
            if asked := await asyncio.to_thread(self._write_unless_asked, ordered):
                known, suspects = asked
                again = await reread(self.context, self.pool, suspects, self.knowledge)
                alike = await read_alike(self.context, self.pool, self.knowledge, ordered, again, aliases=known.aliases)
                await asyncio.to_thread(self._write_after, *alike, known)
            self.context.tell("load", len(batch))
            self._open -= len(batch)
            if self._open == 0:
                self._idle.set()

    async def _next_batch(self) -> list[Finished]:
        """What is finished, once it makes a full batch, or the first of it is old enough, or nothing more is on its way or to come."""
        loop, batch, deadline = asyncio.get_running_loop(), list[Finished](), None
        while len(batch) < self.context.steps.batch_pages and not (self._all_put and batch and len(batch) == self._open):
            try:
                async with asyncio.timeout_at(deadline):
                    finished = await self._finished.get()
            except TimeoutError:
                break
            if finished:
                batch.append(finished)
                deadline = deadline or loop.time() + self.context.steps.batch_seconds
        return batch

    def _write_unless_asked(self, finished: Sequence[Finished]) -> tuple[Known, tuple[StoredReading, ...]] | None:
        """Write a batch with one opening of the warehouse; if pages must be read again before, only say what is known and which."""
        self.archive.sync()
        with self.context.warehouse() as connection:
            known, suspects = self._look_up(connection, finished)
            if suspects:
                return known, suspects
            self._write(connection, finished, known, ())
        return None

    def _write_after(self, finished: Sequence[Finished], again: Sequence[Reread], known: Known) -> None:
        with self.context.warehouse() as connection:
            self._write(connection, finished, known, again)

    def _look_up(self, connection: duckdb.DuckDBPyConnection, finished: Sequence[Finished]) -> tuple[Known, tuple[StoredReading, ...]]:
        """What is known of a batch's articles, and the readings that may differ only because something else cleaned them then.

        A page that came with the same bytes as before says what it said, whatever cleaned it then, so it needs no second reading.
        """
        aliases = read.aliases(connection, identities_asked(finished))
        latest = read.latest_observations(connection, articles_asked(finished, aliases))
        made = {article_of(each, aliases): each for each in reversed(finished) if each.reading}
        suspects = [key for key, held in latest.items() if (found := made[key].reading) and was_cleaned_otherwise(held, found)]
        readings = learning.readings(connection, suspects) if suspects else {}
        hashes = {key: each.material_hash for key, each in latest.items()}
        same = {key: found for key, held in readings.items() if (found := made[key].reading) and held.body_hash == made[key].page.body_hash}
        hashes |= {key: found.material_hash for key, found in same.items()}
        of_feeds = frozenset(key for key, each in latest.items() if TEXT_OF_FEED in each.flags)
        return Known(aliases, hashes, of_feeds), tuple(held for key, held in readings.items() if key not in same)

    def _write(self, connection: duckdb.DuckDBPyConnection, finished: Sequence[Finished], known: Known, again: Sequence[Reread]) -> None:
        """One batch: its rows are computed, and written in one transaction."""
        context, now = self.context, self.context.world.now()
        rereads = [reread_rows(each.stored, each.made, run_id=context.run_id, now=now) for each in again]
        hashes = {row.article_id: row.material_hash or row.content_hash for rows in rereads for row in rows.article_texts}
        known = replace(known, hashes={**known.hashes, **hashes})
        rows = context.steps.shape(finished, known, run_id=context.run_id, cause=self.cause, now=now, retries=RETRIES)
        context.write(connection, merged([rows, *rereads]))


def was_cleaned_otherwise(held: LatestObservation, found: Reading) -> bool:
    """Whether a text differs from the one held, and another reader, or rules or knowledge that have changed since, may be the reason."""
    return held.content_hash != found.content_hash and (
        (held.extractor, held.ruleset_id, held.snapshot_id) != (found.extractor, found.ruleset_id, found.snapshot_id)
    )
