"""What was learned of publishers and decided by people, one class per table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class LearnedRuleRow:
    """One rule of one learning of a publisher. feature: text, edge or place. state: shadow, active or retired."""

    learned_id: str
    publisher_id: str
    rule_id: str
    feature: str
    rule_key: str
    state: str
    support: int
    articles: int
    days: int
    first_day: date | None
    last_day: date | None
    example: str


@dataclass(frozen=True, slots=True)
class RestoredBlock:
    """A block that people want kept in one article, by the masked hash of its text."""

    article_id: UUID
    block_hash: int


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """What one publisher's pages are cleaned with: the active rules of a learning (None: nothing was learned), less what is switched off.

    disabled: ids of rules, shipped ones too. publisher_id: `*` stands for publishers that have no learning state of their own.
    template_id: of the template that reads its pages, None where the extractor does.
    """

    snapshot_id: str
    publisher_id: str
    learned_id: str | None
    active_rules: int
    disabled: tuple[str, ...]
    restored: tuple[RestoredBlock, ...]
    created_at: datetime
    run_id: UUID
    template_id: str | None = None


@dataclass(frozen=True, slots=True)
class LearningStateRow:
    """One publisher as last learned. articles: how many it had then. is_followed: whether its articles were cleaned with the snapshot."""

    publisher_id: str
    learned_id: str | None
    snapshot_id: str | None
    articles: int
    learned_at: datetime | None
    is_followed: bool


@dataclass(frozen=True, slots=True)
class OverrideRow:
    """One decision of a person. action: disable or enable (a rule, publisher_id None: everywhere), restore or unrestore (a block), forget
    (a template, by its id in rule_id).
    """

    override_id: UUID
    made_at: datetime
    made_by: str
    action: str
    rule_id: str | None
    publisher_id: str | None
    article_id: UUID | None
    block_hash: int | None
    example: str | None
    why: str | None
    run_id: UUID
