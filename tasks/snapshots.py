"""What was learned of publishers and what people decided -> what each page is cleaned with. Pure; rows come in and go out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tasks.text.knowledge import NOTHING_KNOWN, Knowledge
from tasks.text.learning.learned import Feature, Learned, LearnedRule, State
from warehouse.rows import LearnedRuleRow, RestoredBlock, SnapshotRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from tasks.text.templates.template import Template
    from warehouse.rows import LearningStateRow, OverrideRow

EVERYONE = "*"
"""Stands in learning_states for the publishers that have no row of their own."""


@dataclass(frozen=True, slots=True)
class ActiveKnowledge:
    """What one run knows of all publishers: read once at its start, the same to its end.

    knowledge: by publisher, EVERYONE for the others. restored: by article.
    """

    knowledge: Mapping[str, Knowledge] = field(default_factory=dict)
    restored: Mapping[UUID, frozenset[int]] = field(default_factory=dict)

    def of(self, publisher_id: str, article_id: UUID | None) -> Knowledge:
        """What a page of that publisher is cleaned with. article_id: None for an article that is not known yet."""
        known = self.knowledge.get(publisher_id) or self.knowledge.get(EVERYONE) or NOTHING_KNOWN
        kept = self.restored.get(article_id) if article_id else None
        return replace(known, restored=kept) if kept else known

    def digest(self) -> str | None:
        """One name for all of it, None if there is nothing."""
        ids = sorted(known.snapshot_id for known in self.knowledge.values() if known.snapshot_id)
        return f"snapshots-{_digest(ids)}" if ids else None


def active_knowledge(
    states: Mapping[str, LearningStateRow],
    snapshots: Mapping[str, SnapshotRow],
    rules: Mapping[str, Sequence[LearnedRuleRow]],
    templates: Mapping[str, Template],
) -> ActiveKnowledge:
    """snapshots: by id, at least those of the states. rules: by learned_id, templates: by id, at least those of the snapshots."""
    active = {publisher: snapshots[state.snapshot_id] for publisher, state in states.items() if state.snapshot_id}
    restored: dict[UUID, frozenset[int]] = {}
    for snapshot in active.values():
        for block in snapshot.restored:
            restored[block.article_id] = restored.get(block.article_id, frozenset()) | {block.block_hash}
    empty = {publisher: NOTHING_KNOWN for publisher, state in states.items() if not state.snapshot_id}
    return ActiveKnowledge(empty | {publisher: knowledge_of(each, rules, templates) for publisher, each in active.items()}, restored)


def knowledge_of(snapshot: SnapshotRow, rules: Mapping[str, Sequence[LearnedRuleRow]], templates: Mapping[str, Template]) -> Knowledge:
    """What a snapshot says of a publisher; without the blocks that people restored, which are of single articles."""
    disabled = frozenset(snapshot.disabled)
    learned = [rule_of(row) for row in rules.get(snapshot.learned_id or "", ())]
    template = templates[snapshot.template_id] if snapshot.template_id else None
    return Knowledge(snapshot.snapshot_id, Learned.of(learned) if learned else None, disabled, template=template)


def learning_rows(publisher_id: str, rules: Iterable[LearnedRule]) -> tuple[str | None, tuple[LearnedRuleRow, ...]]:
    """(learned_id, rows) of one publisher's rules; (None, ()) if there are none."""
    found = [
        LearnedRuleRow(
            "", publisher_id, rule.rule_id, rule.feature.value, rule.key, rule.state.value, rule.support, rule.articles, rule.days,
            rule.first_day, rule.last_day, rule.example,
        )
        for rule in sorted(rules, key=lambda rule: rule.rule_id)
    ]  # fmt: skip
    if not found:
        return None, ()
    learned_id = f"learned-{_digest([_values(row) for row in found])}"
    return learned_id, tuple(LearnedRuleRow(learned_id, *_values(row)[1:]) for row in found)  # type: ignore[arg-type]


def rule_of(row: LearnedRuleRow) -> LearnedRule:
    """A stored rule, in the form in which pages are cleaned with it."""
    return LearnedRule(
        row.rule_id, row.publisher_id, Feature(row.feature), row.rule_key, State(row.state), row.support, row.articles, row.days,
        row.first_day, row.last_day, row.example,
    )  # fmt: skip


def snapshot_of(
    publisher_id: str,
    learned_id: str | None,
    rules: Iterable[LearnedRuleRow],
    overrides: Sequence[OverrideRow],
    template_id: str | None,
    *,
    now: datetime,
    run_id: UUID,
) -> SnapshotRow | None:
    """The snapshot that these make, None where nothing is known and nothing decided. Its id is the digest of what decides and nothing else.

    rules: of the learning. overrides: those in force, everybody's. template_id: of the template that reads the publisher's pages.
    """
    active = [(row.rule_id, row.feature, row.rule_key) for row in rules if row.state == State.ACTIVE.value]
    disabled, restored = disabled_for(publisher_id, overrides), restored_for(publisher_id, overrides)
    if not (active or disabled or restored or template_id):
        return None
    content = [publisher_id, sorted(active), disabled, [(str(each.article_id), each.block_hash) for each in restored]]
    name = f"snapshot-{_digest([*content, template_id] if template_id else content)}"
    return SnapshotRow(name, publisher_id, learned_id if active else None, len(active), disabled, restored, now, run_id, template_id)


def in_force(overrides: Iterable[OverrideRow]) -> tuple[OverrideRow, ...]:
    """Of decisions about the same thing the last one. overrides: oldest first."""
    newest = {(each.rule_id, each.publisher_id, each.article_id, each.block_hash): each for each in overrides}
    return tuple(sorted(newest.values(), key=lambda each: (each.made_at, str(each.override_id))))


def disabled_for(publisher_id: str, overrides: Iterable[OverrideRow]) -> tuple[str, ...]:
    """Ids of rules switched off for a publisher, in order. What was decided for it alone outweighs what was decided for all."""
    decided: dict[str, tuple[bool, bool]] = {}
    for each in overrides:
        if each.rule_id is None or each.publisher_id not in (None, publisher_id):
            continue
        is_own, is_off = each.publisher_id is not None, each.action == "disable"
        if is_own or not decided.get(each.rule_id, (False, False))[0]:
            decided[each.rule_id] = (is_own, is_off)
    return tuple(sorted(rule_id for rule_id, (_, is_off) in decided.items() if is_off))


def restored_for(publisher_id: str, overrides: Iterable[OverrideRow]) -> tuple[RestoredBlock, ...]:
    """Blocks that people want kept in articles of a publisher, in order."""
    found = [
        RestoredBlock(each.article_id, each.block_hash)
        for each in overrides
        if each.action == "restore" and each.publisher_id == publisher_id and each.article_id and each.block_hash is not None
    ]
    return tuple(sorted(found, key=lambda each: (str(each.article_id), each.block_hash)))


def _values(row: LearnedRuleRow) -> list[object]:
    return [getattr(row, name) for name in row.__slots__]


def _digest(content: object) -> str:
    return hashlib.sha256(json.dumps(content, default=str, ensure_ascii=False).encode()).hexdigest()[:16]
