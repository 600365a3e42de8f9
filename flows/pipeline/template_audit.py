"""Pages of the archive read again with their publisher's template and with the extractor, to compare. Nothing is written."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from flows import policy
from flows.pipeline.pool import WorkerPool
from flows.pipeline.worker import WorkerLost
from tasks.errors import FetchError, StageError
from tasks.reread import archived_at, job_again
from tasks.template_states import template_of
from tasks.text.article import make_template_use
from tasks.text.knowledge import Knowledge
from tasks.web.archive import NotArchived, read_archived
from warehouse import learning, templates
from warehouse.connect import published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flows.settings import Settings
    from tasks.text.templates.template import Template, TemplateUse
    from warehouse.stored import StoredReading


@dataclass(frozen=True, slots=True)
class AuditedPage:
    """One page. outcome: used or refused. agreement: F1 of the words that template and extractor took, 0 to 1; None where refused."""

    publisher_id: str
    template_id: str
    article_id: UUID
    url: str | None
    outcome: str
    reason: str | None
    agreement: float | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A page to audit."""

    reading: StoredReading
    template: Template


def audit_templates(settings: Settings, *, publisher_id: str | None, pages: int) -> tuple[AuditedPage, ...]:
    """The newest pages of each publisher that has a template, in order of publisher, newest first; without those that are gone.

    publisher_id: of that one alone. pages: of each publisher, at most. Raises NotPublished, WarehouseUnusable.
    """
    with published(settings.published) as connection:
        states = templates.template_states(connection)
        wanted = [each for each in states.values() if each.template_id and publisher_id in (None, each.publisher_id)]
        found = templates.templates(connection, {each.template_id for each in wanted if each.template_id})
        newest = learning.newest_articles(connection, [each.publisher_id for each in wanted], pages)
        readings = learning.readings(connection, [article_id for articles in newest.values() for article_id in articles])
    known = {row.publisher_id: template_of(found[row.template_id]) for row in wanted if row.template_id}
    asked = [
        Asked(readings[article_id], known[publisher])
        for publisher in sorted(newest)
        for article_id in newest[publisher]
        if article_id in readings
    ]
    return asyncio.run(_audited(settings, asked))


async def _audited(settings: Settings, asked: Sequence[Asked]) -> tuple[AuditedPage, ...]:
    slots = asyncio.Semaphore(2 * settings.workers)

    async def one(each: Asked) -> AuditedPage | None:
        async with slots:
            return await _audited_page(settings, pool, each)

    async with WorkerPool(settings.workers) as pool:
        found = await asyncio.gather(*map(one, asked))
    return tuple(each for each in found if each)


async def _audited_page(settings: Settings, pool: WorkerPool, asked: Asked) -> AuditedPage | None:
    reading, place = asked.reading, archived_at(asked.reading)
    if place is None:
        return None
    try:
        archived = await asyncio.to_thread(read_archived, settings.archive, place, max_body_bytes=policy.MAX_FILE_BYTES)
        job = job_again(reading, archived.body, seconds=2 * policy.EXTRACT_SECONDS)
        job = replace(job, knowledge=Knowledge(template=asked.template), audited=True)
        use: TemplateUse | StageError | None = await pool.run(make_template_use, job)
    except (NotArchived, FetchError, WorkerLost, OSError):
        return None
    if use is None or isinstance(use, StageError):
        return None
    return AuditedPage(
        reading.publisher_id, use.template_id, reading.article_id, reading.final_url, use.outcome.value, use.reason, use.agreement
    )  # fmt: skip
