"""A template and the blocks of a page -> which of them are of the article, or which check forbids to believe it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tasks.text.templates.template import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.text.segment import PlacedBlock
    from tasks.text.templates.template import Template

FEW_WORDS = 0.25  # of the fewest that the template was learned from


class Applied(NamedTuple):
    """matched: per block, whether it is of the article. refused: code of the check that forbids to believe it, or None."""

    matched: tuple[bool, ...]
    refused: str | None


@lru_cache(maxsize=256)
def _decisions(template: Template) -> Mapping[str, Decision]:
    return {each.place: each.decision for each in template.places}


def apply_template(template: Template, blocks: Sequence[PlacedBlock], counts: Sequence[int]) -> Applied:
    """counts: words per block."""
    decided = _decisions(template)
    matched = tuple(decided.get(block.dom_path, Decision.OUTSIDE) is Decision.INSIDE for block in blocks)
    taken = sum(count for count, inside in zip(counts, matched, strict=True) if inside)
    refused = "nothing" if not taken else "few_words" if taken < FEW_WORDS * template.fewest_words else None
    return Applied(matched, refused)


def agreement(matched: Sequence[bool], other: Sequence[bool], counts: Sequence[int]) -> float:
    """F of the words that two readings of a page took, 0 to 1; 1 where both took nothing."""
    both = sum(count for count, mine, theirs in zip(counts, matched, other, strict=True) if mine and theirs)
    each = sum(count * (mine + theirs) for count, mine, theirs in zip(counts, matched, other, strict=True))
    return 2 * both / each if each else 1.0
