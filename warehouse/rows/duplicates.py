"""What texts have in common, one class per table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class TextSignatureRow:
    """One text as far as look-ups need it. shingles: how many different ones it has. sampled: the lowest of their hashes."""

    article_id: UUID
    content_hash: str
    first_seen_date: date
    shingles: int
    sampled: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NearDuplicatePairRow:
    """Two texts of different articles, article_a < article_b, of which one says again a good part of the other.

    similarity: shared shingles as a share of those in either. contained_a, contained_b: as a share of those of the one and of the other.
    """

    article_a: UUID
    content_hash_a: str
    article_b: UUID
    content_hash_b: str
    shared_shingles: int
    similarity: float
    contained_a: float
    contained_b: float
    found_at: datetime
    run_id: UUID
