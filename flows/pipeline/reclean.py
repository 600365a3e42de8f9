"""Pages that were read before, read again from the archive with other knowledge. A page that cannot be had again is left as it is."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.worker import WorkerLost
from tasks.errors import FetchError
from tasks.reading import Reading, read_with
from tasks.reread import archived_at, job_again
from tasks.web.archive import NotArchived, read_archived

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from tasks.snapshots import ActiveKnowledge
    from warehouse.stored import StoredReading


@dataclass(frozen=True, slots=True)
class Reread:
    """A page read again, and what it says now."""

    stored: StoredReading
    made: Reading


async def reread(
    context: RunContext, pool: WorkerPool, readings: Iterable[StoredReading], knowledge: ActiveKnowledge
) -> tuple[Reread, ...]:
    """In the order given, without those whose page is gone or holds no article any more."""
    slots = asyncio.Semaphore(2 * context.settings.workers)

    async def again(reading: StoredReading) -> Reread | None:
        async with slots:
            made = await _read_again(context, pool, reading, knowledge)
        return Reread(reading, made) if made else None

    found: Sequence[Reread | None] = await asyncio.gather(*map(again, readings))
    return tuple(each for each in found if each)


async def _read_again(context: RunContext, pool: WorkerPool, reading: StoredReading, knowledge: ActiveKnowledge) -> Reading | None:
    place = archived_at(reading)
    if place is None:
        return None
    try:
        archived = await asyncio.to_thread(read_archived, context.settings.archive, place, max_body_bytes=policy.MAX_FILE_BYTES)
        known = knowledge.of(reading.publisher_id, reading.article_id)
        job = job_again(reading, archived.body, seconds=policy.EXTRACT_SECONDS)
        made = await pool.run_with(known, read_with, context.steps.make_article, job)
    except (NotArchived, FetchError, WorkerLost, OSError):
        return None
    return made if isinstance(made, Reading) else None
