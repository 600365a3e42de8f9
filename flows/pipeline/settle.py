"""What follows once pages are loaded: publishers are learned anew and their articles follow, texts and versions are compared."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from flows.pipeline.near_duplicates import find_near_duplicates
from flows.pipeline.refine import follow, relearn
from flows.pipeline.revisions import compare_versions

if TYPE_CHECKING:
    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool


async def settle(context: RunContext, pool: WorkerPool, *, everything: bool = False) -> None:
    """Do all that. everything: see `compare_versions`.

    Texts are compared while workers read pages again. Those that come of that are compared afterwards; which are near each other does not
    depend on when they are.
    """
    await asyncio.to_thread(relearn, context)
    async with asyncio.TaskGroup() as side_by_side:
        following = side_by_side.create_task(follow(context, pool))
        side_by_side.create_task(find_near_duplicates(context))
    if following.result().cleaned:
        await find_near_duplicates(context)
    await compare_versions(context, everything=everything)
