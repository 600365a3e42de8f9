"""Between runs: texts that are new are compared with those of other articles. What is too much for one run, the next one goes on with."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tasks.duplicates.pairs import pair_rows, shingles_of, signature_of
from warehouse import duplicates
from warehouse.batch import Batch

if TYPE_CHECKING:
    from flows.pipeline.context import RunContext


async def find_near_duplicates(context: RunContext) -> None:
    """Compare every text that was not compared yet, some at a time, each time in one transaction."""
    left = context.steps.pairing.texts
    while left > 0 and (done := await asyncio.to_thread(_compare, context, min(left, context.steps.pairing.texts_at_a_time))):
        context.tell("compare", done)
        left -= done


def _compare(context: RunContext, limit: int) -> int:
    """Compare some texts with all that are stored, and with each other; how many they were."""
    pairing = context.steps.pairing
    with context.warehouse() as connection:
        new = duplicates.unsigned_texts(connection, limit)
    hashes = shingles_of({each.key: each.text for each in new})
    signatures = tuple(signature_of(each, hashes[each.key]) for each in new)
    with context.warehouse() as connection:
        found = duplicates.candidates(connection, signatures, window_days=pairing.window_days, least_shared=pairing.least_shared)
        others = duplicates.texts(connection, {key for pair in found for key in pair} - hashes.keys())
    pairs = pair_rows(found, hashes | shingles_of(others), run_id=context.run_id, now=context.world.now())
    if new:
        with context.warehouse() as connection:
            context.write(connection, Batch(text_signatures=signatures, near_duplicate_pairs=pairs))
    return len(new)
