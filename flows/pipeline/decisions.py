"""What a person decides about a rule, a block or a template: recorded, made a snapshot, and followed by articles, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.pipeline.context import RunContext, Steps
from flows.pipeline.knowledge import known_now
from flows.pipeline.lease import RunLease
from flows.pipeline.refine import clean_again, follow, record
from flows.pipeline.run import begin, carry_out
from flows.pipeline.templates import forget_template
from warehouse.lease import INGEST
from warehouse.rows import OverrideRow
from warehouse.templates import articles_read_with

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    import duckdb

    from flows.settings import Settings
    from flows.world import World


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided.

    action: disable or enable (rule_id; publisher_id None: everywhere), restore or unrestore (article_id, block_hash, example), or forget
    (rule_id: a template, and its publisher_id). read_again: of a template, whether articles that it read are cleaned again without it.
    """

    action: str
    rule_id: str | None = None
    publisher_id: str | None = None
    article_id: UUID | None = None
    block_hash: int | None = None
    example: str | None = None
    why: str | None = None
    read_again: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """run_id: the run that did it. cleaned_again: articles. left: those that later runs will clean again."""

    run_id: UUID
    cleaned_again: int
    left: int


def decide(settings: Settings, world: World, decision: Decision, *, made_by: str, steps: Steps | None = None) -> Decided:
    """Record a decision and obey it. made_by: account and machine.

    Raises LeaseHeld if a run is at work, WarehouseError, RunFailed.
    """
    run_id, cleaned, left = world.new_id(), 0, 0

    def counting(event: str, count: int) -> None:
        nonlocal cleaned
        cleaned += count if event == "reclean" else 0

    context = RunContext(run_id, settings, world, counting, steps or Steps(), lease=RunLease(INGEST, decision.action, run_id, world))
    with context.warehouse() as connection:
        begun = begin(context, connection, decision.action, None)

    async def work() -> None:
        nonlocal left
        async with context.steps.open_pool(settings.workers) as pool:
            with context.warehouse() as connection:
                write = forget_template if decision.action == "forget" else record
                write(context, connection, _row(context, decision, made_by))
                knowledge = known_now(context, connection)
                concerned = _concerned(context, connection, decision)
            await clean_again(context, pool, concerned, knowledge)
            left = await follow(context, pool)

    carry_out(context, begun, work())
    return Decided(run_id, cleaned, left)


def _concerned(context: RunContext, connection: duckdb.DuckDBPyConnection, decision: Decision) -> Sequence[UUID]:
    """The articles that are cleaned again whatever their ledgers say."""
    if decision.read_again and decision.rule_id:
        return articles_read_with(connection, decision.rule_id, limit=context.steps.refining.followed)
    return [decision.article_id] if decision.article_id else ()


def _row(context: RunContext, decision: Decision, made_by: str) -> OverrideRow:
    return OverrideRow(
        context.world.new_id(), context.world.now(), made_by, decision.action, decision.rule_id, decision.publisher_id,
        decision.article_id, decision.block_hash, decision.example, decision.why, context.run_id,
    )  # fmt: skip
