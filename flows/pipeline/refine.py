"""At the end of a run, publishers that grew are learned anew, get new snapshots, and articles that these touch are cleaned again.

The publishers of a group are one transaction and one search in the file, each batch of articles another transaction.
What is cut short, or too much for one run, the next one goes on with.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from flows import policy
from flows.pipeline.knowledge import NEVER_LEARNED, known_now, templates_used, with_snapshot
from flows.pipeline.reclean import reread
from flows.pipeline.templates import learn_templates, template_work
from tasks.article_rows import reread_rows
from tasks.refine import change_between, due_publishers, learned_together, sighting_of
from tasks.shape import merged
from tasks.snapshots import EVERYONE, in_force, learning_rows
from tasks.text.learning.learn import learn
from warehouse import learning
from warehouse.batch import Batch

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID

    import duckdb

    from flows.pipeline.context import RunContext
    from flows.pipeline.pool import WorkerPool
    from flows.pipeline.reclean import Reread
    from tasks.snapshots import ActiveKnowledge
    from warehouse.rows import LearnedRuleRow, LearningStateRow, OverrideRow
    from warehouse.stored import StoredLedger, StoredReading


async def refine(context: RunContext, pool: WorkerPool) -> None:
    """Learn, and let history follow."""
    await asyncio.to_thread(relearn, context)
    await follow(context, pool)


def relearn(context: RunContext) -> None:
    """Learn the publishers that grew enough, each from its newest articles; then templates."""
    refining = context.steps.refining
    with context.warehouse() as connection:
        counts, states = learning.article_counts(connection), learning.learning_states(connection)
        work = template_work(context, connection, counts)
    for group in learned_together(due_publishers(counts, states, refining), counts, refining):
        with context.warehouse() as connection:
            newest = learning.newest_articles(connection, group, refining.articles)
            asked = [article_id for articles in newest.values() for article_id in articles]
            ledgers = learning.ledgers(connection, asked, whole=False)
        learned = [(each, *_learned(each, [ledgers[one] for one in newest[each] if one in ledgers])) for each in group]
        with context.warehouse() as connection:
            states, decided = learning.learning_states(connection), learning.overrides(connection)
            used = templates_used(context, connection)
            parts = []
            for publisher_id, learned_id, rows in learned:
                state = states.get(publisher_id, replace(NEVER_LEARNED, publisher_id=publisher_id))
                state = replace(state, learned_id=learned_id, articles=counts[publisher_id], learned_at=context.world.now())
                part = _to_follow(state, with_snapshot(context, state, {learned_id: rows} if learned_id else {}, decided, used))
                parts.append(replace(part, learned_rules=rows))
                context.tell("learn", 1)
            context.write(connection, merged(parts))
    learn_templates(context, work, counts)


def _to_follow(state: LearningStateRow, part: Batch) -> Batch:
    """A state with its new snapshot, which its articles have yet to follow if it is another one than before."""
    (now,) = part.learning_states
    is_followed = state.is_followed and now.snapshot_id == state.snapshot_id
    return replace(part, learning_states=(replace(now, is_followed=is_followed),))


def _learned(publisher_id: str, ledgers: Iterable[StoredLedger]) -> tuple[str | None, tuple[LearnedRuleRow, ...]]:
    return learning_rows(publisher_id, learn(sighting_of(publisher_id, each) for each in ledgers))


def record(context: RunContext, connection: duckdb.DuckDBPyConnection, decision: OverrideRow) -> None:
    """Write what a person decided, together with the snapshots that follow from it."""
    decided = in_force([*learning.overrides(connection), decision])
    states = learning.learning_states(connection)
    everyone = {EVERYONE, *states, *learning.article_counts(connection)}
    concerned = everyone if decision.publisher_id is None else {decision.publisher_id}
    changed = [states.get(each, replace(NEVER_LEARNED, publisher_id=each)) for each in sorted(concerned)]
    rules = learning.learned_rules(connection, {state.learned_id for state in changed if state.learned_id})
    used = templates_used(context, connection)
    parts = [_to_follow(state, with_snapshot(context, state, rules, decided, used)) for state in changed]
    context.write(connection, replace(merged(parts), overrides=(decision,)))


async def follow(context: RunContext, pool: WorkerPool) -> int:
    """Clean again what new snapshots touch, newest first; how many articles are left to the next run."""
    with context.warehouse() as connection:
        behind = [each for each in learning.learning_states(connection).values() if not each.is_followed]
        if not behind:
            return 0
        knowledge = known_now(context, connection)
    room, left = context.steps.refining.recleaned, 0
    for state in sorted(behind, key=lambda each: each.publisher_id):
        touched = await asyncio.to_thread(_touched, context, state)
        now, later = touched[:room], touched[room:]
        await clean_again(context, pool, now, knowledge)
        room, left = room - len(now), left + len(later)
        if not later:
            await asyncio.to_thread(_mark_followed, context, state)
    return left


async def clean_again(context: RunContext, pool: WorkerPool, article_ids: Sequence[UUID], knowledge: ActiveKnowledge) -> int:
    """Read the newest pages of these articles again and write what they say now; of how many the page was still there."""
    done = 0
    for start in range(0, len(article_ids), policy.BATCH_PAGES):
        readings = await asyncio.to_thread(_readings, context, article_ids[start : start + policy.BATCH_PAGES])
        found = await reread(context, pool, readings, knowledge)
        await asyncio.to_thread(_write, context, found)
        done += len(found)
    return done


def _touched(context: RunContext, state: LearningStateRow) -> list[UUID]:
    """The publisher's articles that its snapshot may change, newest first."""
    with context.warehouse() as connection:
        behind = learning.articles_behind(connection, state.publisher_id, state.snapshot_id, context.steps.refining.followed)
        ledgers = learning.ledgers(connection, behind, whole=False)
        ids = {each.snapshot_id for each in ledgers.values() if each.snapshot_id} | ({state.snapshot_id} - {None})
        snapshots = learning.snapshots(connection, {each for each in ids if each})
        rules = learning.learned_rules(connection, {each.learned_id for each in snapshots.values() if each.learned_id})
    after = snapshots.get(state.snapshot_id or "")
    changes = {each: change_between(snapshots.get(each or ""), after, rules) for each in {None, *ids}}
    return [each for each in behind if each in ledgers and changes[ledgers[each].snapshot_id].touches(ledgers[each])]


def _readings(context: RunContext, article_ids: Sequence[UUID]) -> tuple[StoredReading, ...]:
    with context.warehouse() as connection:
        return tuple(learning.readings(connection, article_ids).values())


def _write(context: RunContext, found: Sequence[Reread]) -> None:
    now = context.world.now()
    rows = merged([reread_rows(each.stored, each.made, run_id=context.run_id, now=now) for each in found])
    with context.warehouse() as connection:
        context.write(connection, rows)
    context.tell("reclean", len(found))


def _mark_followed(context: RunContext, state: LearningStateRow) -> None:
    """Unless the publisher has another snapshot by now."""
    with context.warehouse() as connection:
        now = learning.learning_states(connection).get(state.publisher_id)
        if now and now.snapshot_id == state.snapshot_id:
            context.write(connection, Batch(learning_states=(replace(now, is_followed=True),)))
