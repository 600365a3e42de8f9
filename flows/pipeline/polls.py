"""Polls: feeds are asked side by side, and what becomes of their entries is decided and written in small groups.

Feeds that nobody answered for are written last: only when all were asked it shows whether our own network was to blame. A run that ends
before has no row of them and asks them again.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.poll_rows import poll_rows
from tasks.identity import aliases_of, entry_keys, untrusted_ids
from tasks.items import WorkItem
from tasks.polling.decide import EntryAction, EntryDecision
from tasks.polling.found import found_in
from tasks.polling.outage import Attempt, own_outages
from tasks.polling.result import Found
from tasks.shape import merged
from tasks.urls import registrable_domain
from warehouse import read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
    from uuid import UUID

    import duckdb

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.ask import Asker, Polled
    from flows.pipeline.context import RunContext
    from tasks.model import Feed, ParsedFeed
    from warehouse.batch import Batch
    from warehouse.rows import FeedStateRow, KnownEntryRow


@dataclass(frozen=True, slots=True)
class Poller:
    """Asks feeds and writes what came."""

    context: RunContext
    archive: RunArchive
    asker: Asker

    async def poll(self, due: Sequence[tuple[Feed, FeedStateRow | None]]) -> AsyncIterator[tuple[WorkItem, ...]]:
        """Poll all of them; yields, group by group as answers come in and are written, the pages to be had."""
        attempts: list[Attempt] = []
        unanswered: list[tuple[int, Polled]] = []
        done: set[asyncio.Task[Polled]] = set()
        waiting = {asyncio.create_task(self.asker.ask(feed, state)) for feed, state in due}
        try:
            while waiting:
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                answers = sorted((task.result() for task in done), key=lambda polled: polled.asked.feed.feed_id)
                unanswered += [(place, each) for place, each in enumerate(answers, len(attempts)) if not each.reached]
                attempts += map(_attempt, answers)
                for group in _groups([each for each in answers if each.reached]):
                    yield await self._write(group)
        finally:
            for task in waiting:
                task.cancel()
            await asyncio.gather(*done, *waiting, return_exceptions=True)  # the first failure ends the run, the others are no news
        ours = own_outages(attempts, policy.POLLING.outage)
        spared = {polled.asked.poll_id for place, polled in unanswered if place in ours}
        for group in _groups([polled for _, polled in unanswered]):
            yield await self._write(group, spared)

    async def _write(self, group: Sequence[Polled], spared: Collection[UUID] = ()) -> tuple[WorkItem, ...]:
        await asyncio.to_thread(self.archive.sync)
        items = await asyncio.to_thread(self._record, group, spared)
        self.context.tell("poll", len(group))
        return items

    def _record(self, group: Sequence[Polled], spared: Collection[UUID]) -> tuple[WorkItem, ...]:
        """Decide on the entries of a group of polls and write it; returns the pages to be had. spared: polls that failed because of us.

        What is known is asked once for all of them: a look-up costs as much for many entries as for few.
        """
        context = self.context
        read_feeds = {polled.asked.poll_id: _names_of(polled, polled.parsed) for polled in group if polled.parsed}
        items: list[WorkItem] = []
        parts: list[Batch] = []
        with context.warehouse() as connection:
            known = read.known_entries(connection, [(names.feed_id, key) for names in read_feeds.values() for key in names.keys])
            aliases = read.aliases(connection, {key for names in read_feeds.values() for key in names.aliases})
            for polled in group:  # one after the other: the second feed with an article must know of the first
                names = read_feeds.get(polled.asked.poll_id)
                decisions, found = self._decide(connection, polled, names, known, aliases) if names else ((), None)
                own_outage = polled.asked.poll_id in spared
                rows = poll_rows(polled, decisions, found, run_id=context.run_id, now=context.world.now(), own_outage=own_outage)
                aliases = {row.alias_key: row.article_id for row in rows.entry_aliases} | aliases
                parts.append(rows)
                items.extend(_work_item(polled, decision) for decision in decisions if decision.action is EntryAction.FETCH)
            context.write(connection, merged(parts))
        context.tell("queued", len(items))
        return tuple(items)

    def _decide(
        self,
        connection: duckdb.DuckDBPyConnection,
        polled: Polled,
        names: _Names,
        known_entries: Mapping[tuple[str, str], KnownEntryRow],
        aliases: Mapping[int, UUID],
    ) -> tuple[tuple[EntryDecision, ...], Found | None]:
        """What becomes of each entry, and what they are to the feed; None unless it was read."""
        parsed, feed_id = polled.parsed, names.feed_id
        if parsed is None:
            return (), None
        known = {key: known_entries[feed_id, key] for key in names.keys if (feed_id, key) in known_entries}
        decisions = self.context.steps.decide(
            parsed, feed_id=feed_id, publisher_scope=names.scope, known=known, aliases=aliases, distrust_ids=names.distrust
        )
        shown = {row.article_id for row in known.values() if row.article_id is not None}
        others = {decision.article_id for decision in decisions if decision.article_id is not None} - shown
        shown |= read.known_articles(connection, feed_id, others) if others else set()
        return decisions, found_in(parsed, decisions, known_keys=known.keys(), known_articles=shown)


@dataclass(frozen=True, slots=True)
class _Names:
    """What the entries of a feed that was read go by. scope: of its publisher. keys: entry keys. distrust: whether its ids are not used."""

    feed_id: str
    scope: str
    keys: tuple[str, ...]
    aliases: frozenset[int]
    distrust: bool


def _names_of(polled: Polled, parsed: ParsedFeed) -> _Names:
    feed_id, scope = polled.asked.feed.feed_id, registrable_domain(polled.asked.feed.url)
    distrust = polled.asked.state is not None and polled.asked.state.ids_distrusted_at is not None
    clashing = untrusted_ids(parsed.entries, distrust_all=distrust)
    aliases = frozenset(
        alias.key for entry in parsed.entries for alias in aliases_of(entry, feed_id=feed_id, publisher_scope=scope, clashing_ids=clashing)
    )
    return _Names(feed_id, scope, tuple(entry_keys(parsed.entries, clashing)), aliases, distrust)


def _attempt(polled: Polled) -> Attempt:
    state = polled.asked.state
    was_well = state is not None and state.failures == 0 and state.last_success_at is not None
    return Attempt(registrable_domain(polled.asked.url), polled.ended_at or polled.asked.at, polled.reached, was_well)


def _groups(polls: Sequence[Polled]) -> Iterator[Sequence[Polled]]:
    for start in range(0, len(polls), policy.POLLS_PER_BATCH):
        yield polls[start : start + policy.POLLS_PER_BATCH]


def _work_item(polled: Polled, decision: EntryDecision) -> WorkItem:
    return WorkItem(
        polled.asked.poll_id,
        polled.asked.feed.feed_id,
        decision.entry_key,
        decision.entry,
        decision.aliases,
        decision.article_id,
        0,
        decision.entry.url or "",
    )
