"""Whether two texts are near-duplicates: one says again, word for word, a good part of what the other says."""

from __future__ import annotations

from dataclasses import dataclass

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


def nearness(shared: int, a: int, b: int) -> Nearness:
    """How near two texts are. shared: shingles that both have. a, b: shingles of each."""
    either = a + b - shared
    return Nearness(shared, shared / either if either else 0.0, shared / a if a else 0.0, shared / b if b else 0.0)
