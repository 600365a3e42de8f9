"""Entries that earlier runs left pending. Their feed is read again from the archive, so that a late article says what a timely one does."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.readers import as_value
from flows.pipeline.sitemaps import window_at
from flows.pipeline.worker import WorkerLost
from tasks.errors import FetchError, NotAFeed
from tasks.identity import aliases_of, entry_keys, untrusted_ids
from tasks.items import WorkItem
from tasks.model import ArchivePlace, Entry, ParsedFeed
from tasks.urls import registrable_domain
from tasks.web.archive import NotArchived, read_archived

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet
    from uuid import UUID

    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from warehouse.rows import EntryOutcomeRow, PollRow


async def resume(
    context: RunContext, pool: WorkerPool, pending: Sequence[EntryOutcomeRow], polls: Mapping[UUID, PollRow], feed_urls: Mapping[str, str]
) -> AsyncIterator[tuple[WorkItem, ...]]:
    """The items of the pending entries, poll by poll. polls: those of the entries, by id; feed_urls: feed_id -> its configured URL.

    An entry whose feed cannot be read again, or that came by an index of sitemaps, is taken up with what its row tells: without update
    time, tags, language and picture.
    """
    by_poll: dict[UUID, list[EntryOutcomeRow]] = {}
    for row in pending:
        by_poll.setdefault(row.poll_id, []).append(row)
    for poll_id, rows in by_poll.items():
        parsed = await _feed_of(context, pool, polls.get(poll_id))
        clashing, entries = _by_key(parsed.entries if parsed else (), {row.entry_key for row in rows})
        yield tuple(_item(row, entries.get(row.entry_key), clashing, feed_urls[row.feed_id]) for row in rows)


def _by_key(entries: Sequence[Entry], wanted: AbstractSet[str]) -> tuple[frozenset[str], dict[str, Entry]]:
    """The ids that identify nothing, and the entries by the keys they have then: those of the wanted ones, as far as they can be had."""
    readings = []
    for distrust_all in (False, True):
        clashing = untrusted_ids(entries, distrust_all=distrust_all)
        readings.append((clashing, dict(zip(entry_keys(entries, clashing), entries, strict=True))))
    return max(readings, key=lambda reading: len(wanted & reading[1].keys()))


async def _feed_of(context: RunContext, pool: WorkerPool, poll: PollRow | None) -> ParsedFeed | None:
    """The feed as that poll found it; None if the archive does not give it back."""
    if poll is None or poll.archive_file is None or poll.archive_offset is None or poll.archive_length is None:
        return None
    place = ArchivePlace(poll.archive_file, poll.archive_offset, poll.archive_length)
    try:
        archived = await asyncio.to_thread(read_archived, context.settings.archive, place, max_body_bytes=policy.FEED.max_body_bytes)
        content_type = next((value for name, value in archived.headers if name.lower() == "content-type"), None)
        window = window_at(poll.polled_at, context.settings.sitemap_window)
        parse = partial(context.steps.parse, archived.body, url=archived.url, content_type=content_type, limits=policy.FEED, window=window)
        parsed = await pool.run(as_value, parse)
    except (NotArchived, FetchError, WorkerLost, OSError):
        return None
    return None if isinstance(parsed, NotAFeed) else parsed


def _item(row: EntryOutcomeRow, read_again: Entry | None, clashing: frozenset[str], feed_url: str) -> WorkItem:
    """An entry whose key is not made of its id had an id that identifies nothing."""
    entry = read_again or Entry(0, row.entry_id, row.entry_url, row.entry_title, row.entry_authors, row.entry_published_at)
    if read_again is None and row.entry_id and not row.entry_key.startswith("id:"):
        clashing = frozenset({row.entry_id})
    aliases = aliases_of(entry, feed_id=row.feed_id, publisher_scope=registrable_domain(feed_url), clashing_ids=clashing)
    return WorkItem(row.poll_id, row.feed_id, row.entry_key, entry, aliases, row.article_id, row.attempts, row.entry_url or "")
