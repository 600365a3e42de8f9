"""What rules do in the articles as they stand, out of the published copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.alarms import alarms
from warehouse.connect import published
from warehouse.explain import DecisionInForce, rows_asked

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from warehouse.alarms import Alarm


@dataclass(frozen=True, slots=True)
class RuleUse:
    """What a rule does in the articles as they stand. publisher_id: None for a shipped rule over all publishers.

    state, support, looked_at: of a learned rule, how many of its publisher's articles showed it, of how many that it was learned from.
    articles: those in which it took any of its blocks.
    """

    rule_id: str
    publisher_id: str | None
    state: str | None
    support: int | None
    looked_at: int | None
    reason: str | None
    blocks: int
    articles: int
    last_day: date | None
    example: str | None


@dataclass(frozen=True, slots=True)
class RulesUsed:
    """What rules do, the decisions in force about them, and what is odd about it."""

    uses: tuple[RuleUse, ...]
    decisions: tuple[DecisionInForce, ...]
    alarms: tuple[Alarm, ...]


def rules_used(published_path: Path, *, publisher_id: str | None) -> RulesUsed:
    """Of one publisher, or of all. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        decided = rows_asked(connection, DecisionInForce, "rule_decisions", publisher_id=publisher_id)
        return RulesUsed(
            rows_asked(connection, RuleUse, "rules", publisher_id=publisher_id),
            decided,
            alarms(connection, None if publisher_id is None else (publisher_id,)),
        )
