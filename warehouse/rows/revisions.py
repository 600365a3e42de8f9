"""What changed between two texts of an article, one class per table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class ChangedBlock:
    """One block that changed: added, removed, edited or moved. position_*: its place among the blocks of either text, from 0."""

    change: str
    position_before: int | None
    position_after: int | None
    words_added: int
    words_removed: int
    figures: bool


@dataclass(frozen=True, slots=True)
class TextChangeRow:
    """Two texts of an article, compared. kinds: all kinds of change that it is, the gravest, `kind`, first."""

    article_id: UUID
    before_hash: str
    after_hash: str
    method: int
    kind: str
    kinds: tuple[str, ...]
    blocks_added: int
    blocks_removed: int
    blocks_edited: int
    blocks_moved: int
    words_added: int
    words_removed: int
    corrections_added: tuple[str, ...]
    blocks: tuple[ChangedBlock, ...]
    compared_at: datetime
    run_id: UUID
