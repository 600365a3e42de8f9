"""What recurs on a publisher's pages: blocks seen in many of its articles, digits masked, are its boilerplate and not any article's text.

Counting is a sum over a set of articles, so that order never matters.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xxhash import xxh3_64_intdigest

from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tasks.model import Document

MIN_ARTICLES = 3
MIN_SHARE = 0.3  # of the publisher's articles that were seen
MAX_CHARS = 600
DIGITS = re.compile(r"\d+")


def masked_hash(text: str) -> int:
    """64 bits of a block's text with case, quotes and blanks folded and digits masked."""
    return xxh3_64_intdigest(DIGITS.sub("0", fold(text)).encode())


@dataclass(frozen=True, slots=True)
class Learned:
    """One publisher's boilerplate, frozen."""

    hashes: frozenset[int]

    def is_boilerplate(self, text: str) -> bool:
        """Whether a block's masked text recurs on the publisher's pages."""
        return len(text) <= MAX_CHARS and masked_hash(text) in self.hashes


@dataclass(frozen=True, slots=True)
class Sighting:
    """One document's contribution: its publisher, and the masked hashes of the blocks that the extractor took for the article."""

    publisher: str
    hashes: frozenset[int]


def sight(document: Document, publisher: str) -> Sighting:
    """What a document adds to the statistics. Each block counts once per article."""
    return Sighting(
        publisher, frozenset(masked_hash(block.text) for block in document.blocks if block.in_article and len(block.text) <= MAX_CHARS)
    )


def learn(sightings: Iterable[Sighting]) -> Mapping[str, Learned]:
    """Publisher -> what recurs there. A publisher with fewer than MIN_ARTICLES articles teaches nothing."""
    articles: Counter[str] = Counter()
    seen: dict[str, Counter[int]] = {}
    for sighting in sightings:
        articles[sighting.publisher] += 1
        seen.setdefault(sighting.publisher, Counter()).update(sighting.hashes)
    return {
        publisher: Learned(frozenset(mask for mask, count in counts.items() if count >= max(MIN_ARTICLES, MIN_SHARE * articles[publisher])))
        for publisher, counts in seen.items()
    }
