"""Two pages of an article, one read by its publisher's template and one by the extractor, are both read by the extractor.

What the two make of a page may differ a little; from one page of an article to the next, that would look like an edit.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.reclean import read_from_archive, reread
from tasks.shape import article_of, publisher_of
from tasks.text.job import TEXT_OF_FEED, PageJob
from tasks.text.templates.template import is_template

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from flows.pipeline.reclean import Reread
    from tasks.items import Finished
    from tasks.snapshots import ActiveKnowledge


async def read_alike(
    context: RunContext,
    pool: WorkerPool,
    knowledge: ActiveKnowledge,
    finished: Sequence[Finished],
    again: Sequence[Reread],
    *,
    aliases: Mapping[int, UUID],
) -> tuple[list[Finished], list[Reread]]:
    """Both as given, but for those that a template read while the extractor read another page of the same article.

    again: what the articles' stored pages say now. A page that cannot be had again stays as it is.
    """
    pages = {at: article_of(each, aliases) for at, each in enumerate(finished) if each.reading and TEXT_OF_FEED not in each.reading.flags}
    stored = {each.stored.article_id: each for each in again}
    differing = {
        article_id
        for at, article_id in pages.items()
        if article_id in stored and _by_template(finished[at]) != is_template(stored[article_id].made.extractor)
    }
    mine = [each.stored for key, each in stored.items() if key in differing and is_template(each.made.extractor)]
    stored |= {each.stored.article_id: each for each in await reread(context, pool, mine, knowledge, by_extractor=True)}
    theirs = [at for at, article_id in pages.items() if article_id in differing and _by_template(finished[at])]
    read = await asyncio.gather(*(_by_extractor(context, pool, knowledge, finished[at], pages[at]) for at in theirs))
    instead = dict(zip(theirs, read, strict=True))
    return [instead.get(at, each) for at, each in enumerate(finished)], list(stored.values())


def _by_template(each: Finished) -> bool:
    return each.reading is not None and is_template(each.reading.extractor)


async def _by_extractor(context: RunContext, pool: WorkerPool, knowledge: ActiveKnowledge, each: Finished, article_id: UUID) -> Finished:
    page, known = each.page, replace(knowledge.of(publisher_of(each.address), article_id), template=None)
    made = await read_from_archive(
        context, pool, page.place, known,
        lambda body: PageJob(body, page.content_type, page.final_url, each.item.entry, policy.EXTRACT_SECONDS, fetched_at=page.at),
    )  # fmt: skip
    return replace(each, reading=made) if made else each
