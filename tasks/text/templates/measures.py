"""What was taken of a page for its article, in figures: how many words, how far apart, and how far two readings of it agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

PART = 0.15  # of the words of an article


def taken_words(taken: Sequence[bool], counts: Sequence[int]) -> int:
    """How many words the blocks have that were taken. taken, counts: per block."""
    return sum([count for count, inside in zip(counts, taken, strict=True) if inside])


def widest_gap(taken: Sequence[bool], counts: Sequence[int]) -> int:
    """The most blocks in a row that were left out with a good part of the article before and after them.

    An article in several parts may be several articles. taken, counts: per block, whether it was taken and its words.
    """
    total = taken_words(taken, counts)
    words = gap = widest = 0
    for count, inside in zip(counts, taken, strict=True):
        if not inside:
            gap += 1
            continue
        if gap > widest and PART * total <= words <= (1 - PART) * total:
            widest = gap
        gap = 0
        words += count
    return widest


def agreement(taken: Sequence[bool], other: Sequence[bool], counts: Sequence[int]) -> float:
    """F1 of the words that two readings of a page took, 0 to 1; 1 where both took nothing."""
    both = taken_words([mine and theirs for mine, theirs in zip(taken, other, strict=True)], counts)
    each = taken_words(taken, counts) + taken_words(other, counts)
    return 2 * both / each if each else 1.0
