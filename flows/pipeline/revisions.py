"""At the end of a run, versions are compared with what stood before them. What is too much for one run, maintenance goes on with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tasks.revisions.rows import METHOD, change_row
from warehouse import revisions
from warehouse.batch import Batch

if TYPE_CHECKING:
    from flows.pipeline.context import RunContext


async def compare_versions(context: RunContext, *, everything: bool = False) -> None:
    """Compare versions that were not compared yet, some at a time, each time in one transaction.

    everything: of all articles, also of those of which nothing was recorded since the last run that completed. That costs the more the
    more articles there are, and finds what a run left that had too much, what another method compared, and what was merged.
    """
    comparing = context.steps.comparing
    left = comparing.texts
    while left > 0:
        asked = min(left, comparing.texts_at_a_time)
        done = await asyncio.to_thread(_compare, context, asked, everything)
        context.tell("revisions", done)
        if done < asked:
            return
        left -= done


def _compare(context: RunContext, limit: int, everything: bool) -> int:  # noqa: FBT001 - handed on by to_thread
    """Compare some; how many they were."""
    with context.warehouse() as connection:
        steps = revisions.uncompared(connection, method=METHOD, limit=limit, everything=everything)
        found = revisions.wordings(connection, {key for step in steps for key in step})
    now = context.world.now()
    rows = tuple(change_row(found[before], found[after], run_id=context.run_id, now=now) for before, after in steps)
    if rows:
        with context.warehouse() as connection:
            context.write(connection, Batch(text_changes=rows))
    return len(rows)
