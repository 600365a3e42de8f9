"""Pages that were read before, read again from the archive with other knowledge. A page that cannot be had again is left as it is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.worker import WorkerLost
from tasks.errors import FetchError
from tasks.reading import Reading, read_with
from tasks.reread import archived_at, job_again
from tasks.text.templates.template import is_template
from tasks.web.archive import NotArchived, read_archived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from tasks.model import ArchivePlace
    from tasks.snapshots import ActiveKnowledge
    from tasks.text.job import PageJob
    from tasks.text.knowledge import Knowledge
    from warehouse.stored import StoredReading


@dataclass(frozen=True, slots=True)
class Reread:
    """A page read again, and what it says now."""

    stored: StoredReading
    made: Reading


async def reread(
    context: RunContext, pool: WorkerPool, readings: Iterable[StoredReading], knowledge: ActiveKnowledge, *, by_extractor: bool = False
) -> tuple[Reread, ...]:
    """In the order given, without those whose page is gone or holds no article any more.

    What the extractor read it reads again: what a template makes of a page may differ a little, and nothing was edited. by_extractor: it
    reads all of them.
    """
    slots = asyncio.Semaphore(2 * context.settings.workers)

    async def again(reading: StoredReading) -> Reread | None:
        known = knowledge.of(reading.publisher_id, reading.article_id)
        if by_extractor or not is_template(reading.extractor):
            known = replace(known, template=None)
        async with slots:
            made = await read_from_archive(
                context, pool, archived_at(reading), known, lambda body: job_again(reading, body, seconds=policy.EXTRACT_SECONDS)
            )
        return Reread(reading, made) if made else None

    found: Sequence[Reread | None] = await asyncio.gather(*map(again, readings))
    return tuple(each for each in found if each)


async def read_from_archive(
    context: RunContext, pool: WorkerPool, place: ArchivePlace | None, known: Knowledge, job: Callable[[bytes], PageJob]
) -> Reading | None:
    """What the page there says, None if it cannot be had or holds no article. job: of its body."""
    if place is None:
        return None
    try:
        archived = await asyncio.to_thread(read_archived, context.settings.archive, place, max_body_bytes=policy.MAX_FILE_BYTES)
        made = await pool.run_with(known, read_with, context.steps.make_article, job(archived.body))
    except (NotArchived, FetchError, WorkerLost, OSError):
        return None
    return made if isinstance(made, Reading) else None
