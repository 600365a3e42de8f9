"""Texts as sets of hashed word shingles, and a sample of each set that is small enough to be kept.

Sampled as scaled MinHash does it (Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash", 2022): all hashes
below a fixed bound. Unlike a fixed number of minima, it tells how much of a short text stands in a long one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from xxhash import xxh3_64_intdigest

from tasks.text.words import fold, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

SHINGLE_WORDS = 4
SHINGLE_CHARACTERS = 8  # where every character counts as a word
FIRST_UNSPACED = "\u3040"  # the first of those characters
UNSPACED = re.compile(f"[{FIRST_UNSPACED}-\U0010ffff]")
SAMPLED = 8  # one hash in so many
ENOUGH = 50  # of a short text more, up to so many


def shingles(text: str) -> frozenset[int]:
    """The 64-bit hashes of all runs of four words, or of eight characters in scripts without spaces; case and punctuation do not count."""
    folded = fold(text)
    found = words(folded)
    runs = _mixed_runs(found) if UNSPACED.search(folded) else zip(*(found[at:] for at in range(SHINGLE_WORDS)), strict=False)
    return frozenset(map(xxh3_64_intdigest, map(str.encode, map(" ".join, runs))))


def _mixed_runs(found: Sequence[str]) -> Iterator[Sequence[str]]:
    sizes = (SHINGLE_CHARACTERS if len(word) == 1 and word >= FIRST_UNSPACED else SHINGLE_WORDS for word in found)
    ends = (at + size for at, size in enumerate(sizes))
    return (found[at:end] for at, end in enumerate(ends) if end <= len(found))


def sample(hashes: AbstractSet[int]) -> tuple[int, ...]:
    """The lowest eighth of them, of short texts a larger share, each cut to its upper 32 bits, in order.

    What two texts share of their shingles they share of these, as far as both were sampled.
    """
    bound = 2**64 // min(SAMPLED, max(1, len(hashes) // ENOUGH))
    return tuple(sorted({each >> 32 for each in hashes if each < bound}))
