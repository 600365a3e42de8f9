"""Whether two texts are near-duplicates: one says again, word for word, a good part of what the other says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

LEAST_CONTAINED = 0.3  # of the shorter text; two reports that quote the same statement share less
LEAST_SHINGLES = 20  # that both have; below that texts agree by chance and by form


@dataclass(frozen=True, slots=True)
class Nearness:
    """How two texts compare, by their shingles.

    shared: shingles in both. similarity: of those in either (Jaccard). contained_a, contained_b: of those of the one text and of the other.
    """

    shared: int
    similarity: float
    contained_a: float
    contained_b: float

    @property
    def is_near(self) -> bool:
        """Whether that makes them near-duplicates."""
        return self.shared >= LEAST_SHINGLES and max(self.contained_a, self.contained_b) >= LEAST_CONTAINED


def nearness(a: AbstractSet[int], b: AbstractSet[int]) -> Nearness:
    """How near two sets of shingles are."""
    return nearness_of(len(a & b), len(a), len(b))


def nearness_of(shared: int, a: int, b: int) -> Nearness:
    """How near two sets are of that size that share so many."""
    either = a + b - shared
    return Nearness(shared, shared / either if either else 0.0, shared / a if a else 0.0, shared / b if b else 0.0)
