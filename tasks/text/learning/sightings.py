"""What one article shows of its publisher's furniture: its blocks, as its ledger holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tasks.model import Action, Block, Kind, Verdict
    from warehouse.stored import StoredSurroundings

OUTSIDE = "outside-article"  # the rule of blocks that the extractor left out
LEARNED = "learned-"  # how the ids of learned rules begin


class SeenBlock(NamedTuple):
    """A block of an article as its ledger holds it: read from there, or just decided. rule_id: which rule decided, None if none did."""

    position: int
    text: str
    kind: Kind
    dom_path: str
    link_density: float
    role: str | None
    action: Action
    rule_id: str | None

    @property
    def in_article(self) -> bool:
        """Whether the extractor took it for part of the article."""
        return self.rule_id != OUTSIDE


@dataclass(frozen=True, slots=True)
class Sighting:
    """One article of a publisher, cleaned with or without learned rules. day: when it was first seen, or published; None: not known.

    What the extractor left out stands among the blocks, or is counted by its places in surroundings: that teaches the same.
    """

    publisher_id: str
    article: str
    day: date | None
    blocks: tuple[SeenBlock, ...]
    surroundings: tuple[StoredSurroundings, ...] = ()


def seen(blocks: Sequence[Block], verdicts: Sequence[Verdict]) -> tuple[SeenBlock, ...]:
    """Blocks with their verdicts, in order."""
    return tuple(
        SeenBlock(b.position, b.text, v.kind, b.dom_path, b.link_density, b.role, v.action, v.rule_id)
        for b, v in zip(blocks, verdicts, strict=True)
    )
