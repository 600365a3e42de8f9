"""Which source of metadata comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.model import Candidate


def in_order(candidates: Sequence[Candidate], field: str, order: Sequence[str]) -> list[Candidate]:
    """The candidates for a field, best source first; a source that is not listed comes after all that are."""
    return sorted((each for each in candidates if each.field == field), key=lambda each: _rank(each.source, order))


def _rank(source: str, order: Sequence[str]) -> int:
    """An exact name first, then the family before its colon."""
    if source in order:
        return order.index(source)
    family = source.split(":", maxsplit=1)[0]
    return order.index(family) if family in order else len(order)
