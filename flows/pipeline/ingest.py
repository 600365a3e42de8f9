"""One ingest: due feeds are polled, new and changed entries fetched, read, cleaned and loaded; then the run is checked."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.archive import RunArchive
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.lease import RunLease, keep_beating
from flows.pipeline.pages import WebPages
from flows.pipeline.polls import Poller, resumed
from flows.pipeline.progress import Tell, nobody
from flows.pipeline.run import RunSummary, RunTooLong, begin, end, end_badly, first_cause
from flows.pipeline.stream import Stream
from tasks.model import Feed
from tasks.polling.due import is_due
from tasks.urls import registrable_domain
from tasks.web.client import WebClient
from warehouse import read
from warehouse.batch import Batch
from warehouse.lease import INGEST, LeaseHeld
from warehouse.rows import FeedRow, PublisherRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Settings
    from flows.world import World
    from tasks.items import WorkItem
    from warehouse.rows import FeedStateRow


EVER = datetime(9999, 12, 31, tzinfo=UTC)


def ingest(
    settings: Settings, feeds: Sequence[Feed], world: World, *, force: bool = False, tell: Tell = nobody, steps: Steps | None = None
) -> RunSummary:
    """Run once, unless another ingest is at work: then the summary says who. Two never overlap, whoever starts them.

    Raises WarehouseError if the store cannot be used, RunFailed if the run's rows do not add up, OSError if the disk fails.
    force: poll feeds before their time, parked ones too, and try pending pages before theirs.
    """
    run_id = world.new_id()
    context = RunContext(run_id, settings, world, tell, steps or Steps(), RunLease(INGEST, "ingest", run_id, world))
    with context.warehouse() as connection:
        try:
            run = begin(context, connection, "ingest", _hash_of(feeds))
        except LeaseHeld as held:
            return RunSummary(run_id, 0.0, {}, {}, skipped=str(held))
        context.write(connection, _configured(feeds, world))
        states = read.feed_states(connection, [feed.feed_id for feed in feeds])
        pending = read.pending_entries(connection, now=EVER if force else world.now(), limit=policy.RESUMED_PER_RUN)
    urls = {feed.feed_id: feed.url for feed in feeds}
    due = [(feed, states.get(feed.feed_id)) for feed in feeds if force or is_due(states.get(feed.feed_id), world.now())]
    waiting = [resumed(row, urls[row.feed_id]) for row in pending if row.feed_id in urls]
    try:
        asyncio.run(_run_and_beat(context, due, waiting))
    except BaseException as failure:
        cause = first_cause(failure)
        end_badly(context, run, f"{type(cause).__name__}: {cause}")
        if cause is failure:
            raise
        raise cause from failure
    return end(context, run)


async def _run_and_beat(context: RunContext, due: Sequence[tuple[Feed, FeedStateRow | None]], waiting: Sequence[WorkItem]) -> None:
    """Raises RunTooLong: a run that hangs must not hold its lease for ever."""
    limit = asyncio.timeout(policy.RUN_SECONDS)
    try:
        async with limit, asyncio.TaskGroup() as side_by_side:
            beating = side_by_side.create_task(keep_beating(context))
            await _run(context, due, waiting)
            beating.cancel()
    except TimeoutError as cause:
        if limit.expired():
            raise RunTooLong from cause
        raise


async def _run(context: RunContext, due: Sequence[tuple[Feed, FeedStateRow | None]], waiting: Sequence[WorkItem]) -> None:
    settings = context.settings
    limits = replace(policy.WEB, group_interval_seconds=settings.pace_seconds)
    web = WebClient(
        limits, user_agent=settings.user_agent, group_of=registrable_domain, clock=context.world.now, allow_loopback=settings.allow_loopback,
        connect_to=settings.connect_to,
    )  # fmt: skip
    archive = await asyncio.to_thread(RunArchive, context)
    try:
        async with web, context.steps.open_pool(settings.workers) as pool:
            async with Stream(context, WebPages(context, web, archive), pool, archive, cause="fetch") as stream:
                context.tell("queued", len(waiting))
                stream.put(waiting)
                async for items in Poller(context, web, pool, archive).poll(due):
                    stream.put(items)
                await stream.finish()
    finally:
        await asyncio.to_thread(archive.close)


def _configured(feeds: Sequence[Feed], world: World) -> Batch:
    """The feeds and publishers that are configured now."""
    now = world.now()
    domains = {registrable_domain(feed.url): feed for feed in reversed(feeds)}
    return Batch(
        publishers=tuple(PublisherRow(domain, feed.publisher, feed.country, feed.language, now) for domain, feed in sorted(domains.items())),
        feeds=tuple(FeedRow(feed.feed_id, registrable_domain(feed.url), feed.url, "feed", None, feed.language, now) for feed in feeds),
    )


def _hash_of(feeds: Sequence[Feed]) -> str:
    return hashlib.sha256(repr(sorted(feeds, key=lambda feed: feed.feed_id)).encode()).hexdigest()[:16]
