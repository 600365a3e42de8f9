"""Rows about near-duplicates: the signature of a text, and pairs of texts. Which pairs there are depends on the texts alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.duplicates.near import nearness
from tasks.duplicates.shingles import sample, shingles
from warehouse.rows import NearDuplicatePairRow, TextSignatureRow

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from warehouse.stored import StoredText, TextKey

PAIRS_EACH = 4
"""Pairs a text from which on it pays to look first for what no other text has."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """How near-duplicates are looked up.

    window_days: how far apart two articles may have been first seen. least_shared: sampled shingles that make two texts worth comparing.
    texts_at_a_time: compared in one step, and put down in one transaction; of those stored as many are held at a time.
    texts: compared in one run.
    """

    window_days: int
    least_shared: int
    texts_at_a_time: int
    texts: int


def signature_of(text: StoredText, hashes: frozenset[int]) -> TextSignatureRow:
    """hashes: the shingles of the text."""
    return TextSignatureRow(text.article_id, text.content_hash, text.first_seen_date, len(hashes), sample(hashes))


def pair_rows(
    candidates: Iterable[tuple[TextKey, TextKey]], hashes: Mapping[TextKey, frozenset[int]], *, run_id: UUID, now: datetime
) -> tuple[NearDuplicatePairRow, ...]:
    """One row per two texts that are near-duplicates, in order; of the candidates, in whatever order each comes. hashes: their shingles."""
    rows = []
    pairs = sorted({(min(pair), max(pair)) for pair in candidates})
    compared = _as_far_as_they_can_share(pairs, hashes)
    for a, b in pairs:
        found = nearness(len(compared[a] & compared[b]), len(hashes[a]), len(hashes[b]))
        if found.is_near:
            rows.append(NearDuplicatePairRow(*a, *b, found.shared, found.similarity, found.contained_a, found.contained_b, now, run_id))
    return tuple(rows)


def _as_far_as_they_can_share(
    pairs: Collection[tuple[TextKey, TextKey]], hashes: Mapping[TextKey, frozenset[int]]
) -> Mapping[TextKey, frozenset[int]]:
    """The shingles of the texts without those that one of them has alone, if texts stand in so many pairs that this pays."""
    texts = {key for pair in pairs for key in pair}
    if len(pairs) < PAIRS_EACH * len(texts):
        return hashes
    seen, again = set[int](), set[int]()
    for key in texts:
        again |= seen & hashes[key]
        seen |= hashes[key]
    return {key: hashes[key] & again for key in texts}


def shingles_of(texts: Iterable[StoredText]) -> dict[TextKey, frozenset[int]]:
    """The shingles of each text, by its key."""
    return {each.key: shingles(each.text) for each in texts}
