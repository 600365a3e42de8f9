"""At the end of a run, new texts are compared with those of other articles. What is too much for one run, the next one goes on with."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING

from tasks.duplicates.pairs import pair_rows, shingles_of, signature_of
from warehouse import duplicates
from warehouse.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import duckdb

    from flows.pipeline.context import RunContext
    from warehouse.rows import NearDuplicatePairRow
    from warehouse.stored import TextKey


async def find_near_duplicates(context: RunContext) -> None:
    """Compare every text that was not compared yet, some at a time, each time in one transaction."""
    pairing = context.steps.pairing
    new = await asyncio.to_thread(_unsigned, context, pairing.texts)
    for start in range(0, len(new), pairing.texts_at_a_time):
        keys = new[start : start + pairing.texts_at_a_time]
        await asyncio.to_thread(_compare, context, keys)
        context.tell("compare", len(keys))


def _unsigned(context: RunContext, limit: int) -> tuple[TextKey, ...]:
    with context.warehouse() as connection:
        return duplicates.unsigned(connection, limit)


def _compare(context: RunContext, keys: Sequence[TextKey]) -> None:
    """Compare some texts with all that are stored, and with each other."""
    pairing = context.steps.pairing
    with context.warehouse() as connection:
        new = duplicates.texts(connection, keys)
        hashes = shingles_of(new)
        signatures = tuple(signature_of(each, hashes[each.key]) for each in new)
        found = duplicates.candidates(connection, signatures, window_days=pairing.window_days, least_shared=pairing.least_shared)
        pairs = tuple(_pairs(context, connection, found, hashes))
        context.write(connection, Batch(text_signatures=signatures, near_duplicate_pairs=pairs))


def _pairs(
    context: RunContext,
    connection: duckdb.DuckDBPyConnection,
    found: Iterable[tuple[TextKey, TextKey]],
    hashes: dict[TextKey, frozenset[int]],
) -> Iterator[NearDuplicatePairRow]:
    """Which of the candidates are near. hashes: of the new texts; of those stored some at a time are held, however many there are."""
    now, at_a_time = context.world.now(), context.steps.pairing.texts_at_a_time
    by_other: defaultdict[TextKey, list[tuple[TextKey, TextKey]]] = defaultdict(list)
    for pair in found:
        by_other[pair[1]].append(pair)
    among_new = [pair for other in hashes for pair in by_other.pop(other, ())]
    yield from pair_rows(among_new, hashes, run_id=context.run_id, now=now)
    stored = sorted(by_other)
    for start in range(0, len(stored), at_a_time):
        part = stored[start : start + at_a_time]
        held = hashes | shingles_of(duplicates.texts(connection, part))
        yield from pair_rows([pair for other in part for pair in by_other[other]], held, run_id=context.run_id, now=now)
