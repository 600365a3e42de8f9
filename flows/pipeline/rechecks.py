"""Articles that are looked at again though no feed says a word: each look is an entry of a source called `rechecks`, and ends as one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.stream import Stream
from tasks.items import WorkItem
from tasks.model import Entry, Validators
from tasks.polling.recheck import MOVED_AWAY, due_articles, leads_above
from tasks.reread import entry_again
from warehouse import learning, read
from warehouse.batch import Batch
from warehouse.rechecks import SOURCE, recent_articles
from warehouse.rows import EntryOutcomeRow, FeedRow, PollRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    import duckdb

    from flows.pipeline.archive import RunArchive
    from flows.pipeline.context import RunContext
    from flows.pipeline.pages import WebPages
    from flows.pipeline.pool import WorkerPool
    from tasks.items import Finished, PageRead
    from tasks.snapshots import ActiveKnowledge
    from warehouse.stored import SeenArticle

NO_VALIDATORS = Validators()


@dataclass(frozen=True, slots=True)
class PagesAgain:
    """Pages from the network that were had before. validators: URL -> what its server gave with it then."""

    pages: WebPages
    validators: Mapping[str, Validators]

    async def get(self, item: WorkItem) -> PageRead:
        """Fetch it if it changed."""
        page = await self.pages.get(item, self.validators.get(item.url, NO_VALIDATORS))
        if page.outcome == "ok" and page.final_url and leads_above(item.url, page.final_url):
            return replace(page, outcome=MOVED_AWAY, body=b"", error=f"it leads to {page.final_url}")
        return page

    async def instead(self, failed: Finished) -> PageRead | None:
        """Nothing does: what was loaded stays."""
        del failed
        return None


async def look_again(context: RunContext, pages: WebPages, pool: WorkerPool, archive: RunArchive, knowledge: ActiveKnowledge) -> None:
    """Look at the articles that are due, and at those that an earlier run could not reach, as many as the settings allow."""
    if not context.settings.rechecks:
        return
    with context.warehouse() as connection:
        items, validators = _items(context, connection)
    if items:
        async with Stream(context, PagesAgain(pages, validators), pool, archive, knowledge, cause="recheck") as stream:
            context.tell("queued", len(items))
            stream.put(items)
            await stream.finish()


def _items(context: RunContext, connection: duckdb.DuckDBPyConnection) -> tuple[list[WorkItem], dict[str, Validators]]:
    """What there is to do, put down as pending, and the validators of those pages that have any."""
    now, limit, rules = context.world.now(), context.settings.rechecks, policy.RECHECKING
    left = read.pending_entries(connection, kind=SOURCE, now=now, limit=limit)
    due = due_articles(recent_articles(connection, since=now - rules.horizon), now, rules, limit=limit - len(left))
    poll_id = context.world.new_id()
    rows = [_pending(article, poll_id, context.run_id, now) for article in due]
    if rows:
        context.write(
            connection, Batch(feeds=(_source(now),), polls=(_poll(poll_id, context.run_id, now, rows),), entry_outcomes=tuple(rows))
        )
    entries = _entries(connection, [row.article_id for row in (*left, *rows) if row.article_id])
    items = [
        WorkItem(
            row.poll_id, SOURCE, row.entry_key, entries.get(row.article_id, Entry(0)), (), row.article_id, row.attempts, row.entry_url or ""
        )
        for row in (*left, *rows)
        if row.article_id
    ]
    return items, {article.url: Validators(article.etag, article.last_modified) for article in due}


def _entries(connection: duckdb.DuckDBPyConnection, article_ids: Sequence[UUID]) -> dict[UUID | None, Entry]:
    """What feeds said of the articles, so that they are read as they were."""
    if not article_ids:
        return {}
    readings = learning.readings(connection, article_ids)
    return {key: entry for key, reading in readings.items() if (entry := entry_again(reading.feed_values))}


def _source(now: datetime) -> FeedRow:
    return FeedRow(SOURCE, None, "rechecks:", SOURCE, "Articles looked at again", None, now)


def _poll(poll_id: UUID, run_id: UUID, now: datetime, rows: Sequence[EntryOutcomeRow]) -> PollRow:
    count = len(rows)
    return PollRow(poll_id, SOURCE, run_id, now, "ok", None, None, 0, None, None, None, count, count, None, None, None, None, None, None)


def _pending(article: SeenArticle, poll_id: UUID, run_id: UUID, now: datetime) -> EntryOutcomeRow:
    key = str(article.article_id)
    return EntryOutcomeRow(
        poll_id, run_id, SOURCE, key, None, article.url, None, (), None, "pending", None, article.article_id, 0, None, now
    )  # fmt: skip
