"""Decisions of refining: which publishers are learned anew, what of them the learner sees, and which articles a new snapshot touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.model import Action, Kind
from tasks.text.learning.learned import Feature, State
from tasks.text.learning.masks import masked_hash
from tasks.text.learning.sightings import LEARNED, SeenBlock, Sighting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from warehouse.rows import LearnedRuleRow, LearningStateRow, SnapshotRow
    from warehouse.stored import StoredLedger


@dataclass(frozen=True, slots=True)
class Refining:
    """When a publisher is learned anew, and how much one run does.

    grown_by, grown_share: new articles since it was last learned, and their share of what it had then; both are needed, and as many new
    ones as it is learned from are always enough.
    publishers: learned in one run. articles: of a publisher, the newest that it is learned from. at_a_time: articles whose ledgers are
    held. followed: of a publisher, the newest that a new snapshot may change. recleaned: pages read again in one run.
    """

    grown_by: int
    grown_share: float
    publishers: int
    articles: int
    at_a_time: int
    followed: int
    recleaned: int


def due_publishers(counts: Mapping[str, int], states: Mapping[str, LearningStateRow], refining: Refining) -> tuple[str, ...]:
    """Those that grew enough, in order of how much, no more than one run learns. counts: publisher -> its articles now."""
    new = {publisher: count - (states[publisher].articles if publisher in states else 0) for publisher, count in counts.items()}
    due = [each for each, count in new.items() if count >= _needed(counts[each] - count, refining)]
    return tuple(sorted(due, key=lambda each: (-new[each] / counts[each], each))[: refining.publishers])


def _needed(before: int, refining: Refining) -> float:
    """New articles that make a publisher due that had so many when it was last learned."""
    return max(refining.grown_by, min(refining.grown_share * before, refining.articles))


def learned_together(due: Iterable[str], counts: Mapping[str, int], refining: Refining) -> Iterator[tuple[str, ...]]:
    """The publishers in groups whose ledgers may be held at a time; one that is too large for that is a group by itself."""
    group: list[str] = []
    room = refining.at_a_time
    for publisher in due:
        articles = min(counts[publisher], refining.articles)
        if group and articles > room:
            yield tuple(group)
            group, room = [], refining.at_a_time
        group.append(publisher)
        room -= articles
    if group:
        yield tuple(group)


def sighting_of(publisher_id: str, ledger: StoredLedger) -> Sighting:
    """What a ledger shows the learner."""
    blocks = tuple(
        SeenBlock(
            each.position, each.text, Kind(each.kind), each.dom_path, each.link_density, each.role, Action(each.verdict), each.rule_id
        )
        for each in ledger.blocks
    )  # fmt: skip
    return Sighting(publisher_id, str(ledger.article_id), ledger.day, blocks, ledger.surroundings)


@dataclass(frozen=True, slots=True)
class Change:
    """What is decided otherwise by one snapshot than by another.

    off: rules that were obeyed and are no more. on: learned rules that were not obeyed and are now. shipped_on: whether shipped rules are.
    restored: articles of which other blocks are kept.
    """

    off: frozenset[str]
    on: tuple[LearnedRuleRow, ...]
    shipped_on: bool
    restored: frozenset[UUID]

    def touches(self, ledger: StoredLedger) -> bool:
        """Whether an article may come out otherwise. May: places are not looked up here, and where wording stands is not asked."""
        if self.shipped_on or ledger.article_id in self.restored or any(rule.feature == Feature.PLACE.value for rule in self.on):
            return True
        keys = {rule.rule_key.partition("@")[0] for rule in self.on}
        return any(
            block.rule_id in self.off or (block.verdict != Action.REMOVED.value and f"{masked_hash(block.text):016x}" in keys)
            for block in ledger.blocks
        )


def change_between(before: SnapshotRow | None, after: SnapshotRow | None, rules: Mapping[str, Sequence[LearnedRuleRow]]) -> Change:
    """rules: of both learnings, by learned_id."""
    was, now = _obeyed(before, rules), _obeyed(after, rules)
    was_off, now_off = frozenset(before.disabled if before else ()), frozenset(after.disabled if after else ())
    kept_before, kept_after = set(before.restored if before else ()), set(after.restored if after else ())
    return Change(
        off=frozenset((was.keys() - now.keys()) | (now_off - was_off)),
        on=tuple(now[rule_id] for rule_id in sorted(now.keys() - was.keys())),
        shipped_on=any(not rule_id.startswith(LEARNED) for rule_id in was_off - now_off),
        restored=frozenset(each.article_id for each in kept_before ^ kept_after),
    )


def _obeyed(snapshot: SnapshotRow | None, rules: Mapping[str, Sequence[LearnedRuleRow]]) -> dict[str, LearnedRuleRow]:
    if snapshot is None or snapshot.learned_id is None:
        return {}
    return {
        row.rule_id: row for row in rules[snapshot.learned_id] if row.state == State.ACTIVE.value and row.rule_id not in snapshot.disabled
    }
