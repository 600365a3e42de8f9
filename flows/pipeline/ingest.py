"""One ingest: due feeds are polled, new and changed entries fetched, read, cleaned and loaded; then the run is checked."""

from __future__ import annotations

import asyncio
import hashlib
import os
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from flows import policy
from flows.feed_headers import read_feed_headers
from flows.pipeline.archive import RunArchive
from flows.pipeline.ask import Asker
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.knowledge import known_now
from flows.pipeline.lease import RunLease
from flows.pipeline.near_duplicates import find_near_duplicates
from flows.pipeline.pages import WebPages
from flows.pipeline.polls import Poller
from flows.pipeline.progress import Tell, nobody
from flows.pipeline.rechecks import look_again
from flows.pipeline.refine import refine
from flows.pipeline.resume import resume
from flows.pipeline.revisions import compare_versions
from flows.pipeline.run import RunSummary, begin, carry_out
from flows.pipeline.stream import Stream
from flows.pipeline.web import open_web
from tasks.model import Feed
from tasks.polling.due import is_due
from tasks.urls import registrable_domain
from warehouse import read
from warehouse.batch import Batch
from warehouse.lease import INGEST, LeaseHeld
from warehouse.rows import FeedRow, PublisherRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    import duckdb

    from flows.settings import Settings
    from flows.world import World
    from tasks.snapshots import ActiveKnowledge
    from tasks.web.private import PrivateHeaders
    from warehouse.rows import EntryOutcomeRow, FeedStateRow, HostFileRow, PollRow


EVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What earlier runs left pending, and what they learned of hosts.

    polls: those of the entries, by id. feed_urls: feed_id -> its URL as last configured.
    """

    pending: tuple[EntryOutcomeRow, ...]
    polls: Mapping[UUID, PollRow]
    feed_urls: Mapping[str, str]
    hosts: tuple[HostFileRow, ...]


def ingest(
    settings: Settings, feeds: Sequence[Feed], world: World, *, force: bool = False, tell: Tell = nobody, steps: Steps | None = None
) -> RunSummary:
    """Run once, unless another ingest is at work: then the summary says who. Two never overlap, whoever starts them.

    A feed whose URL was changed in the list begins anew: what its old address left behind (validators, redirects) is not used.

    Raises FeedHeadersError, WarehouseError if the store cannot be used, RunFailed if the run's rows do not add up, OSError if the disk
    fails.
    force: poll feeds before their time, parked ones too but no paused ones, and try pending pages before theirs.
    """
    private = read_feed_headers(settings.feed_headers, feeds, os.environ)
    run_id = world.new_id()
    context = RunContext(run_id, settings, world, tell, steps or Steps(), lease=RunLease(INGEST, "ingest", run_id, world))
    with context.warehouse() as connection:
        try:
            begun = begin(context, connection, "ingest", _hash_of(feeds))
        except LeaseHeld as held:
            return RunSummary(run_id, 0.0, {}, {}, skipped=str(held))
        before = read.feed_urls(connection)
        context.write(connection, _configured(feeds, world))
        states = read.feed_states(connection, [feed.feed_id for feed in feeds if before.get(feed.feed_id) == feed.url])
        urls = read.feed_urls(connection)
        pending = read.pending_entries(connection, kind="feed", now=EVER if force else world.now(), limit=policy.RESUMED_PER_RUN)
        polls = read.polls(connection, {row.poll_id for row in pending})
        knowledge = known_now(context, connection)
        hosts = _remembered(connection, world.now(), ask_again=force)
    asked = [(feed, states.get(feed.feed_id)) for feed in feeds if not feed.paused]
    due = [(feed, state) for feed, state in asked if force or is_due(state, world.now(), policy.POLLING.pace.early)]
    begun = replace(begun, row=replace(begun.row, snapshot_id=knowledge.digest()))
    return carry_out(context, begun, _run(context, due, Waiting(pending, polls, urls, hosts), knowledge, private))


async def _run(
    context: RunContext,
    due: Sequence[tuple[Feed, FeedStateRow | None]],
    waiting: Waiting,
    knowledge: ActiveKnowledge,
    private: Mapping[str, PrivateHeaders],
) -> None:
    settings = context.settings
    archive = await asyncio.to_thread(RunArchive, context)
    web = open_web(settings, context.world, archive, waiting.hosts)
    try:
        async with web, context.steps.open_pool(settings.workers) as pool:
            pages = WebPages(context, web, archive, waiting.feed_urls)
            async with Stream(context, pages, pool, archive, knowledge, cause="fetch") as stream:
                context.tell("queued", len(waiting.pending))
                async for items in resume(context, pool, waiting.pending, waiting.polls, waiting.feed_urls):
                    stream.put(items)
                async for items in Poller(context, archive, Asker(context, web, pool, archive, private)).poll(due):
                    stream.put(items)
                await stream.finish()
            await look_again(context, pages, pool, archive, knowledge)
            if learned := web.learned():
                await asyncio.to_thread(_remember, context, learned)
            await refine(context, pool)
            await find_near_duplicates(context)
            await compare_versions(context)
    finally:
        await asyncio.to_thread(archive.close)


def _remembered(connection: duckdb.DuckDBPyConnection, now: datetime, *, ask_again: bool) -> tuple[HostFileRow, ...]:
    """What earlier runs learned of hosts. ask_again: those whose rules could not be had are asked at once, not when their time comes."""
    rows = read.host_files(connection, now=now, most=policy.WEB.robots_max_hosts, most_bytes=policy.HOST_FILES_BYTES)
    return tuple(replace(row, expires_at=now) if ask_again and row.failing_since else row for row in rows)


def _remember(context: RunContext, learned: tuple[HostFileRow, ...]) -> None:
    with context.warehouse() as connection:
        context.write(connection, Batch(host_files=learned))


def _configured(feeds: Sequence[Feed], world: World) -> Batch:
    """The feeds and publishers that are configured now."""
    now = world.now()
    domains = {registrable_domain(feed.url): feed for feed in reversed(feeds)}
    return Batch(
        publishers=tuple(
            PublisherRow(domain, feed.publisher, feed.country, feed.language, now) for domain, feed in sorted(domains.items())
        ),
        feeds=tuple(FeedRow(feed.feed_id, registrable_domain(feed.url), feed.url, "feed", None, feed.language, now) for feed in feeds),
    )


def _hash_of(feeds: Sequence[Feed]) -> str:
    return hashlib.sha256(repr(sorted(feeds, key=lambda feed: feed.feed_id)).encode()).hexdigest()[:16]
