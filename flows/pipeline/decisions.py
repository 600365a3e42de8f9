"""What a person decides about a rule or a block: recorded, made a snapshot, and followed by the articles that it concerns, in one run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flows.pipeline.context import RunContext, Steps
from flows.pipeline.knowledge import known_now
from flows.pipeline.lease import RunLease
from flows.pipeline.progress import Tell, nobody
from flows.pipeline.refine import clean_again, follow, record
from flows.pipeline.run import begin, carry_out
from warehouse.lease import INGEST
from warehouse.rows import OverrideRow

if TYPE_CHECKING:
    from uuid import UUID

    from flows.settings import Settings
    from flows.world import World


@dataclass(frozen=True, slots=True)
class Decision:
    """action: disable or enable (rule_id; publisher_id None: everywhere), restore or unrestore (article_id, block_hash, example)."""

    action: str
    rule_id: str | None = None
    publisher_id: str | None = None
    article_id: UUID | None = None
    block_hash: int | None = None
    example: str | None = None
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """run_id: the run that did it. cleaned_again: articles. left: those that later runs will clean again."""

    run_id: UUID
    cleaned_again: int
    left: int


def decide(
    settings: Settings, world: World, decision: Decision, *, made_by: str, tell: Tell = nobody, steps: Steps | None = None
) -> Decided:
    """Record a decision and obey it. made_by: account and machine.

    Raises LeaseHeld if a run is at work, WarehouseError, RunFailed.
    """
    run_id, cleaned, left = world.new_id(), 0, 0

    def counting(event: str, count: int) -> None:
        nonlocal cleaned
        cleaned += count if event == "reclean" else 0
        tell(event, count)

    context = RunContext(run_id, settings, world, counting, steps or Steps(), lease=RunLease(INGEST, decision.action, run_id, world))
    with context.warehouse() as connection:
        run = begin(context, connection, decision.action, None)

    async def work() -> None:
        nonlocal left
        async with context.steps.open_pool(settings.workers) as pool:
            with context.warehouse() as connection:
                record(context, connection, _row(context, decision, made_by))
                knowledge = known_now(context, connection)
            if decision.article_id:
                await clean_again(context, pool, [decision.article_id], knowledge)
            left = await follow(context, pool)

    carry_out(context, run, work())
    return Decided(run_id, cleaned, left)


def _row(context: RunContext, decision: Decision, made_by: str) -> OverrideRow:
    return OverrideRow(
        context.world.new_id(), context.world.now(), made_by, decision.action, decision.rule_id, decision.publisher_id,
        decision.article_id, decision.block_hash, decision.example, decision.why, context.run_id,
    )  # fmt: skip
