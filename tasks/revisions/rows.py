"""Two wordings of an article -> the row that says what changed between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.revisions.kinds import change_between
from warehouse.rows import ChangedBlock, TextChangeRow

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from warehouse.stored import StoredWording

METHOD = 1
"""Counted up with each change of what a comparison says: then all versions are compared anew, and views show the newest comparison."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """How much is compared. texts_at_a_time: pairs in one step, and one transaction. texts: pairs in one run."""

    texts_at_a_time: int
    texts: int


def change_row(before: StoredWording, after: StoredWording, *, run_id: UUID, now: datetime) -> TextChangeRow:
    """before, after: of one article."""
    change = change_between(before, after)
    counts = {kind: sum(each.change == kind for each in change.blocks) for kind in ("added", "removed", "edited", "moved")}
    return TextChangeRow(
        before.article_id, before.content_hash, after.content_hash, METHOD, change.kinds[0], change.kinds,
        counts["added"], counts["removed"], counts["edited"], counts["moved"],
        sum(each.words_added for each in change.blocks), sum(each.words_removed for each in change.blocks), change.corrections_added,
        tuple(
            ChangedBlock(each.change, each.before, each.after, each.words_added, each.words_removed, each.figures) for each in change.blocks
        ),
        now, run_id,
    )  # fmt: skip
