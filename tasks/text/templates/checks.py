"""What on a page speaks against what a template made of it. Any doubt costs only time: the extractor reads the page then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.templates.parts import taken_words, widest_gap
from tasks.text.templates.placed import MOSTLY_LINK, is_prose
from tasks.text.templates.template import Decision, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.text.templates.placed import Placed
    from tasks.text.templates.template import Bounds, TemplatePlace

FEW_WORDS = 0.25  # of the fewest that the template was learned from
MANY_WORDS = 4  # times the most
GAP = 15  # blocks between two parts of an article
WIDER = 2  # times the widest gap that was seen
HEADINGS = 2  # headings at places that were never seen
NEAR = 15  # blocks before the article's first one
AROUND = 0.2  # of the words that were taken: text before and after them at places that were never seen
ALONG = 0.1  # of them
TEXT = 8  # words
MIXED = 0.05  # of them: text at places that may hold the article
MORE_OUTSIDE = 0.1  # of them: text beyond what ever stood at places that are not of the article


def refusal(
    bounds: Bounds, blocks: Sequence[Placed], counts: Sequence[int], places: Sequence[TemplatePlace | None], taken: Sequence[bool]
) -> Refusal | None:
    """None: nothing speaks against it. counts, places, taken: per block its words, what is known of its place, whether it is taken."""
    words = taken_words(taken, counts)
    if not words:
        return Refusal.NOTHING
    if words < FEW_WORDS * bounds.fewest_words:
        return Refusal.FEW_WORDS
    if words > MANY_WORDS * bounds.most_words:
        return Refusal.MANY_WORDS
    if widest_gap(taken, counts) > max(GAP, WIDER * bounds.widest_gap):
        return Refusal.SEVERAL_BODIES
    return _left_text(blocks, counts, places, taken, words)


def _left_text(
    blocks: Sequence[Placed], counts: Sequence[int], places: Sequence[TemplatePlace | None], taken: Sequence[bool], words: int
) -> Refusal | None:
    """Whether too much reads like text of what was left out. words: that were taken."""
    first, last = taken.index(True), len(taken) - 1 - taken[::-1].index(True)
    headings = before = around = mixed = 0
    outside: dict[TemplatePlace, int] = {}
    for at, (block, count, place) in enumerate(zip(blocks, counts, places, strict=True)):
        if taken[at] or block.link_density >= MOSTLY_LINK or block.kind is Kind.CAPTION:
            continue
        if place is None:
            headings += block.kind is Kind.HEADING and first <= at <= last
            if is_prose(block, count):
                around += count
                before += first - NEAR <= at < first
        elif place.decision is Decision.MIXED:
            mixed += count if count >= TEXT else 0
        elif is_prose(block, count):
            outside[place] = outside.get(place, 0) + count
    along = sum(count for count, place, inside in zip(counts, places, taken, strict=True) if inside and place is None)
    if headings >= HEADINGS:
        return Refusal.UNSEEN_HEADINGS
    if before or around > AROUND * words or along > ALONG * words:
        return Refusal.UNSEEN_TEXT
    if mixed > MIXED * words:
        return Refusal.MIXED_TEXT
    more = sum(max(0, count - place.outside) for place, count in outside.items())
    return Refusal.OUTSIDE_TEXT if more > MORE_OUTSIDE * words else None
