"""What on a page speaks against what a template made of it. Any doubt costs only time: the extractor reads the page then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tasks.model import Kind
from tasks.text.templates.measures import taken_words, widest_gap
from tasks.text.templates.placed import MOSTLY_LINK, is_prose
from tasks.text.templates.template import Decision, Refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.text.templates.placed import Placed
    from tasks.text.templates.template import Bounds, TemplatePlace

FEW_WORDS = 0.25  # of the fewest of an article that the template was learned from
MANY_WORDS = 4  # times the most
GAP = 15  # blocks between two parts of an article
WIDER = 2  # times the widest gap that was seen
HEADINGS = 2  # within the article, at places that were never seen
NEAR = 15  # blocks before the article's first one: no prose stands there at a place that was never seen

# Words that were left out or are doubtful, as a share of those that were taken.
AROUND = 0.2  # prose before and after the article at places that were never seen
ALONG = 0.1  # what was taken at places that were never seen
MIXED = 0.05  # blocks of some words at places that may be of the article
MORE_OUTSIDE = 0.1  # prose at places that are not of it, beyond what usually stands there; more than was taken is never usual
SOME_WORDS = 8
USUAL = 4  # times the mean of all pages


class Proposal(NamedTuple):
    """What a template makes of a page, before it is believed.

    Per block: its words, what is known of its place (None: never seen), and whether it is taken for the article.
    """

    blocks: Sequence[Placed]
    counts: Sequence[int]
    places: Sequence[TemplatePlace | None]
    taken: Sequence[bool]


def refusal(bounds: Bounds, proposal: Proposal) -> Refusal | None:
    """None: nothing speaks against it."""
    words = taken_words(proposal.taken, proposal.counts)
    if not words:
        return Refusal.NOTHING
    if words < FEW_WORDS * bounds.fewest_words:
        return Refusal.FEW_WORDS
    if words > MANY_WORDS * bounds.most_words:
        return Refusal.MANY_WORDS
    if widest_gap(proposal.taken, proposal.counts) > max(GAP, WIDER * bounds.widest_gap):
        return Refusal.SEVERAL_BODIES
    return _left_text(bounds, proposal, words)


def _left_text(bounds: Bounds, proposal: Proposal, words: int) -> Refusal | None:
    """Whether too much reads like text of what was left out, or is doubtful of what was taken. words: that were taken."""
    blocks, counts, places, taken = proposal
    first, last = taken.index(True), len(taken) - 1 - taken[::-1].index(True)
    left = [at for at, block in enumerate(blocks) if not (taken[at] or block.link_density >= MOSTLY_LINK or block.kind is Kind.CAPTION)]
    if sum(blocks[at].kind is Kind.HEADING and first < at < last for at in left if places[at] is None) >= HEADINGS:
        return Refusal.UNSEEN_HEADINGS
    prose = [at for at in left if is_prose(blocks[at], counts[at])]
    around = [at for at in prose if places[at] is None]
    along = sum(count for count, place, inside in zip(counts, places, taken, strict=True) if inside and place is None)
    if any(first - NEAR <= at < first for at in around) or sum(counts[at] for at in around) > AROUND * words or along > ALONG * words:
        return Refusal.UNSEEN_TEXT
    if sum(counts[at] for at in left if counts[at] >= SOME_WORDS and _is(places[at], Decision.MIXED)) > MIXED * words:
        return Refusal.MIXED_TEXT
    outside = _outside(prose, proposal)
    unusual = sum(max(0, count - USUAL * place.outside / bounds.pages) for place, count in outside.items())
    return Refusal.OUTSIDE_TEXT if unusual > MORE_OUTSIDE * words or max(outside.values(), default=0) > words else None


def _outside(prose: Sequence[int], proposal: Proposal) -> dict[TemplatePlace, int]:
    """Words at each place that is not of the article. prose: positions of what was left out."""
    outside: dict[TemplatePlace, int] = {}
    for at in prose:
        place = proposal.places[at]
        if place is not None and _is(place, Decision.OUTSIDE):
            outside[place] = outside.get(place, 0) + proposal.counts[at]
    return outside


def _is(place: TemplatePlace | None, decision: Decision) -> bool:
    return place is not None and place.decision is decision
