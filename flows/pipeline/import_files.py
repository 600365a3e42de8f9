"""Files through the same cleaning into the same tables: a call is one poll of a source called `files`, every file one entry of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname
from uuid import UUID

from flows import policy
from flows.pipeline.archive import RunArchive
from flows.pipeline.context import RunContext, Steps
from flows.pipeline.knowledge import known_now
from flows.pipeline.lease import RunLease
from flows.pipeline.near_duplicates import find_near_duplicates
from flows.pipeline.pages import FilePages
from flows.pipeline.progress import Tell, nobody
from flows.pipeline.refine import refine
from flows.pipeline.revisions import compare_versions
from flows.pipeline.run import RunSummary, begin, carry_out
from flows.pipeline.stream import Stream
from flows.settings import Settings
from flows.world import World
from tasks.identity import URL, Alias, entry_keys
from tasks.items import WorkItem
from tasks.model import Entry
from tasks.snapshots import ActiveKnowledge
from tasks.urls import url_key
from warehouse import read
from warehouse.batch import Batch
from warehouse.lease import INGEST
from warehouse.rows import EntryOutcomeRow, FeedRow, PollRow

SOURCE = "files"
SUFFIXES = (".html", ".htm", ".xhtml", ".txt", ".html.gz", ".htm.gz", ".txt.gz")


class TooManyFiles(Exception):
    """More files than one call takes."""


def import_files(settings: Settings, paths: Sequence[Path], world: World, *, tell: Tell = nobody, steps: Steps | None = None) -> RunSummary:
    """Import files, and folders with all readable files below them; also those that an earlier import was stopped before it could read.

    Raises what `ingest` raises, OSError for a path that is not there, and LeaseHeld, before anything is read, while another run is at work:
    an ingest that is skipped is done by the one at work, an import by nobody.
    """
    files = {path.absolute().as_uri(): path for path in _files(paths)}
    if len(files) > policy.MAX_FILES:
        raise TooManyFiles(f"{len(files):,} files, at most {policy.MAX_FILES:,} at a time: import folder by folder")
    run_id = world.new_id()
    context = RunContext(run_id, settings, world, tell, steps or Steps(), lease=RunLease(INGEST, "import", run_id, world))
    with context.warehouse() as connection:
        begun = begin(context, connection, "import", None)
        found = [Entry(position, uri, uri) for position, uri in enumerate(files)]
        items = _items(world.new_id(), found)
        known = read.aliases(connection, {alias.key for item in items for alias in item.aliases})
        items = [replace(item, article_id=known.get(item.aliases[0].key)) for item in items]
        left = read.pending_entries(connection, kind=SOURCE, now=world.now(), limit=policy.RESUMED_PER_RUN)
        knowledge = known_now(context, connection)
        if items:
            context.write(connection, _rows(items, len(files), context))
    files |= {row.entry_url: _path_of(row.entry_url) for row in left if row.entry_url and row.entry_url not in files}
    begun = replace(begun, row=replace(begun.row, snapshot_id=knowledge.digest()))
    return carry_out(context, begun, _run(context, [*map(_left, left), *items], files, knowledge))


async def _run(context: RunContext, items: Sequence[WorkItem], files: dict[str, Path], knowledge: ActiveKnowledge) -> None:
    archive = await asyncio.to_thread(RunArchive, context)
    try:
        async with context.steps.open_pool(context.settings.workers) as pool:
            async with Stream(context, FilePages(context, archive, files), pool, archive, knowledge, cause="import") as stream:
                context.tell("queued", len(items))
                stream.put(items)
                await stream.finish()
            await refine(context, pool)
            await find_near_duplicates(context)
            await compare_versions(context)
    finally:
        await asyncio.to_thread(archive.close)


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files named, and those with a known ending in the folders named, in order of name."""
    for path in paths:
        if path.is_dir():
            yield from sorted(each for each in path.rglob("*") if each.name.lower().endswith(SUFFIXES) and each.is_file())
        else:
            path.stat()
            yield path


def _path_of(uri: str) -> Path:
    return Path(url2pathname(urlsplit(uri).path))


def _left(row: EntryOutcomeRow) -> WorkItem:
    """A file that an import was stopped before it could read."""
    uri = row.entry_url or ""
    aliases = (Alias(URL, "", url_key(uri)),)
    return WorkItem(row.poll_id, SOURCE, row.entry_key, Entry(0, uri, uri), aliases, row.article_id, row.attempts, uri)


def _items(poll_id: UUID, found: Sequence[Entry]) -> list[WorkItem]:
    keys = entry_keys(found, frozenset())
    return [
        WorkItem(poll_id, SOURCE, key, entry, (Alias(URL, "", url_key(entry.url or "")),), None, 0, entry.url or "")
        for key, entry in zip(keys, found, strict=True)
    ]


def _rows(items: Sequence[WorkItem], count: int, context: RunContext) -> Batch:
    now, run_id, poll_id = context.world.now(), context.run_id, items[0].poll_id
    known = sum(item.article_id is not None for item in items)
    return Batch(
        feeds=(FeedRow(SOURCE, None, "file:///", "files", "Imported files", None, now),),
        polls=(
            PollRow(poll_id, SOURCE, run_id, now, "ok", None, None, 0, None, None, None, count, known, None, None, None, None, None, None),
        ),
        entry_outcomes=tuple(
            EntryOutcomeRow(
                poll_id,
                run_id,
                SOURCE,
                item.entry_key,
                item.entry.entry_id,
                item.url,
                None,
                (),
                None,
                "pending",
                None,
                item.article_id,
                0,
                None,
                now,
            )
            for item in items
        ),
    )
