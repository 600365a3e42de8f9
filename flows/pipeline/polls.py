"""Polls: feeds are asked side by side, read in the pool, and what becomes of their entries is decided and written in small groups."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.sitemaps import IndexReader, Unread, sitemaps_of_host, window_at
from flows.pipeline.worker import WorkerLost
from tasks.errors import FetchError, NotAFeed
from tasks.feeds.sitemap import SITEMAP_INDEX, Window
from tasks.identity import aliases_of, clashing_ids, entry_keys
from tasks.items import WorkItem
from tasks.model import ArchivePlace, Feed, Fetched, ParsedFeed, Validators
from tasks.polling.decide import EntryAction, EntryDecision
from tasks.polling.due import GOOD_OUTCOMES, PollResult, next_state
from tasks.polling.retry_after import retry_after
from tasks.shape import merged
from tasks.urls import registrable_domain
from warehouse import read
from warehouse.batch import Batch
from warehouse.rows import EntryAliasRow, EntryOutcomeRow, FeedStateRow, KnownEntryRow, PollRow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    import duckdb

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from tasks.web.client import WebClient
    from tasks.web.private import PrivateHeaders


@dataclass(frozen=True, slots=True)
class Polled:
    """One answer to one poll. parsed: only if outcome is ok. error: for people; of an index also which of its sitemaps were not read."""

    poll_id: UUID
    feed: Feed
    url: str
    state: FeedStateRow | None
    at: datetime
    outcome: str
    fetched: Fetched | None = None
    body_hash: str | None = None
    place: ArchivePlace | None = None
    parsed: ParsedFeed | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Poller:
    """Asks feeds. web, pool, archive: the network, the workers, the raw archive of this run. private: feed_id -> headers of its own."""

    context: RunContext
    web: WebClient
    pool: WorkerPool
    archive: RunArchive
    private: Mapping[str, PrivateHeaders]

    async def poll(self, due: Sequence[tuple[Feed, FeedStateRow | None]]) -> AsyncIterator[tuple[WorkItem, ...]]:
        """Poll all of them; yields, group by group as answers come in and are written, the pages to be had."""
        waiting = {asyncio.create_task(self._ask(feed, state)) for feed, state in due}
        try:
            while waiting:
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                answers = sorted((task.result() for task in done), key=lambda polled: polled.feed.feed_id)
                for start in range(0, len(answers), policy.POLLS_PER_BATCH):
                    group = answers[start : start + policy.POLLS_PER_BATCH]
                    await asyncio.to_thread(self.archive.sync)
                    items = await asyncio.to_thread(self._record, group)
                    self.context.tell("poll", len(group))
                    yield items
        finally:
            for task in waiting:
                task.cancel()

    async def _ask(self, feed: Feed, state: FeedStateRow | None) -> Polled:
        """One request and what it brought. state: None for a feed that is polled for the first time at this URL."""
        world = self.context.world
        url = state.current_url if state else feed.url
        asked_at = world.now()
        answered = partial(Polled, world.new_id(), feed, url, state, asked_at)
        validators = Validators(state.etag, state.last_modified) if state else Validators()
        try:
            fetched = await self.web.get(
                url,
                accept=policy.ACCEPT_FEED,
                max_body_bytes=policy.FEED.max_body_bytes,
                validators=validators,
                private=self.private.get(feed.feed_id),
            )
        except FetchError as failure:
            return answered(failure.reason, error=failure.detail)
        if fetched.status == HTTPStatus.NOT_MODIFIED:
            return answered("not_modified", fetched)
        if fetched.status != HTTPStatus.OK:
            return answered("http_error", fetched, error=f"HTTP {fetched.status}")
        body_hash = hashlib.sha256(fetched.body).hexdigest()[:32]
        if state and state.body_hash == body_hash:
            return answered("same_body", fetched, body_hash)
        return await self._read(answered, feed, fetched, body_hash, asked_at)

    async def _read(self, answered: Callable[..., Polled], feed: Feed, fetched: Fetched, body_hash: str, asked_at: datetime) -> Polled:
        """A body that was not seen before: kept, then read in the pool; an index of sitemaps with what it leads to.

        What is no feed, or an index, has no hash, so that it is looked at again.
        """
        place = await asyncio.to_thread(self.archive.append, fetched)
        window = window_at(asked_at, self.context.settings.sitemap_window)
        parsed = await self._parse(fetched, window)
        if isinstance(parsed, Unread):
            return answered(parsed.outcome, fetched, None, place, error=parsed.detail)
        if parsed.kind == SITEMAP_INDEX:
            reader = IndexReader(partial(self._get, feed), partial(self._parse, window=window), partial(sitemaps_of_host, self.web), window)
            found, note = await reader.follow(parsed, url=fetched.final_url)
            if isinstance(found, Unread):
                return answered(found.outcome, fetched, None, place, error=found.detail)
            return answered("ok", fetched, None, place, found, error=note)
        return answered("ok", fetched, body_hash, place, parsed)

    async def _get(self, feed: Feed, url: str) -> Fetched:
        """A sitemap that an index of the feed names, kept in the archive."""
        private = self.private.get(feed.feed_id)
        fetched = await self.web.get(url, accept=policy.ACCEPT_FEED, max_body_bytes=policy.FEED.max_body_bytes, private=private)
        await asyncio.to_thread(self.archive.append, fetched)
        return fetched

    async def _parse(self, fetched: Fetched, window: Window) -> ParsedFeed | Unread:
        parse, content_type = self.context.steps.parse, fetched.header("content-type")
        try:
            parsed = await self.pool.run(parse_in_worker, parse, fetched.body, fetched.final_url, content_type, window)
        except WorkerLost as lost:
            return Unread(lost.reason, lost.detail)
        if isinstance(parsed, NotAFeed):
            return Unread("not_a_feed", f"{parsed.reason} {parsed.detail or ''}".strip())
        return parsed

    def _record(self, group: Sequence[Polled]) -> tuple[WorkItem, ...]:
        """Decide on the entries of a group of polls and write it; returns the pages to be had."""
        context = self.context
        items: list[WorkItem] = []
        empty: list[Batch] = []
        with context.warehouse() as connection:
            for polled in group:  # one after the other: the second feed with an article must know of the first
                decisions = self._decide(connection, polled)
                rows = poll_rows(polled, decisions, run_id=context.run_id, now=context.world.now())
                if decisions:
                    context.write(connection, rows)
                    items.extend(_work_item(polled, decision) for decision in decisions if decision.action is EntryAction.FETCH)
                else:
                    empty.append(rows)
            if empty:
                context.write(connection, merged(empty))
        context.tell("queued", len(items))
        return tuple(items)

    def _decide(self, connection: duckdb.DuckDBPyConnection, polled: Polled) -> tuple[EntryDecision, ...]:
        parsed = polled.parsed
        if parsed is None:
            return ()
        feed_id, scope = polled.feed.feed_id, registrable_domain(polled.feed.url)
        clashing = clashing_ids(parsed.entries)
        keys = entry_keys(parsed.entries, clashing)
        asked = {
            alias.key
            for entry in parsed.entries
            for alias in aliases_of(entry, feed_id=feed_id, publisher_scope=scope, clashing_ids=clashing)
        }
        known = read.known_entries(connection, [(feed_id, key) for key in keys])
        aliases = read.aliases(connection, asked)
        return self.context.steps.decide(
            parsed, feed_id=feed_id, publisher_scope=scope, known={key: row for (_, key), row in known.items()}, aliases=aliases
        )


def parse_in_worker(parse: object, body: bytes, url: str, content_type: str | None, window: Window) -> ParsedFeed | NotAFeed:
    """The feed, read in a worker process by `parse`; a failure comes back as a value."""
    try:
        return parse(body, url=url, content_type=content_type, limits=policy.FEED, window=window)  # type: ignore[operator,no-any-return]
    except NotAFeed as failure:
        return failure


def poll_rows(polled: Polled, decisions: Sequence[EntryDecision], *, run_id: UUID, now: datetime) -> Batch:
    """The rows of one poll: itself, one outcome per entry, what is known of them from now on, and the feed's memory."""
    fetched, parsed, place = polled.fetched, polled.parsed, polled.place
    new = sum(decision.action is EntryAction.FETCH and decision.reason is None for decision in decisions)
    good = polled.outcome in GOOD_OUTCOMES
    stays = good and not (parsed and parsed.kind == SITEMAP_INDEX)  # an index may stay the same while what it leads to does not
    result = PollResult(
        outcome=polled.outcome,
        http_status=fetched.status if fetched else None,
        hops=fetched.hops if fetched else (),
        validators=Validators(fetched.header("etag"), fetched.header("last-modified")) if fetched and stays else Validators(),
        body_hash=polled.body_hash,
        has_new_entries=new > 0,
        retry_after=retry_after(fetched.header("retry-after"), now) if fetched else None,
    )
    return Batch(
        polls=(
            PollRow(
                polled.poll_id,
                polled.feed.feed_id,
                run_id,
                polled.at,
                polled.outcome,
                fetched.status if fetched else None,
                fetched.final_url if fetched else None,
                len(fetched.hops) if fetched else 0,
                len(fetched.wire_body) if fetched else None,
                len(fetched.body) if fetched else None,
                polled.body_hash,
                parsed.entry_count if parsed else None,
                len(decisions) - new if parsed else None,
                fetched.duration_ms if fetched else None,
                place.file if place else None,
                place.offset if place else None,
                place.length if place else None,
                polled.error,
                parsed.passed_over if parsed else None,
            ),
        ),
        entry_outcomes=tuple(_outcome_row(polled, decision, run_id, now) for decision in decisions),
        known_entries=tuple(
            KnownEntryRow(polled.feed.feed_id, decision.entry_key, decision.fingerprint, decision.article_id, now) for decision in decisions
        ),
        entry_aliases=tuple(row for decision in decisions for row in _new_names(decision, now)),
        feed_states=(next_state(polled.feed.feed_id, polled.url, polled.state, result, now=now, pace=policy.POLLING),),
    )


def _outcome_row(polled: Polled, decision: EntryDecision, run_id: UUID, now: datetime) -> EntryOutcomeRow:
    entry = decision.entry
    outcome = "pending" if decision.action is EntryAction.FETCH else decision.action.value
    return EntryOutcomeRow(
        polled.poll_id,
        run_id,
        polled.feed.feed_id,
        decision.entry_key,
        entry.entry_id,
        entry.url,
        entry.title,
        entry.authors,
        entry.published_at,
        outcome,
        decision.reason,
        decision.article_id,
        0,
        None,
        now,
    )


def _new_names(decision: EntryDecision, now: datetime) -> list[EntryAliasRow]:
    """The identities of an entry that shows a known article for the first time; those of others are written with their article."""
    article_id = decision.article_id
    if article_id is None or decision.action is not EntryAction.UNCHANGED or decision.reason is None:
        return []
    return [EntryAliasRow(alias.key, article_id, alias.kind, alias.scope, alias.value, now) for alias in decision.aliases]


def _work_item(polled: Polled, decision: EntryDecision) -> WorkItem:
    return WorkItem(
        polled.poll_id,
        polled.feed.feed_id,
        decision.entry_key,
        decision.entry,
        decision.aliases,
        decision.article_id,
        0,
        decision.entry.url or "",
    )
