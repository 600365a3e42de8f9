"""A template and the blocks of a page -> which of them are of the article, or which check forbids to believe it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple, Self

from tasks.model import Kind
from tasks.text.learning.masks import masked_hash
from tasks.text.templates.checks import Proposal, refusal
from tasks.text.templates.placed import MOSTLY_LINK, is_prose
from tasks.text.templates.places import backoffs, path_of_text, standing_text
from tasks.text.templates.template import Decision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.text.templates.placed import Placed
    from tasks.text.templates.template import Bounds, Refusal, Template, TemplatePlace

GOES_ALONG = 8  # words: shorter text at a place that was never seen is left to the rules that take in what stands between paragraphs
INDEXES_KEPT = 256  # of the templates that were used last


class Applied(NamedTuple):
    """matched: per block, whether it is of the article. refused: the check that forbids to believe it, or None."""

    matched: Sequence[bool]
    refused: Refusal | None


class TemplateIndex(NamedTuple):
    """A template as blocks are looked up in it.

    places: by name. crowded: paths at which texts recur that are not of the article.
    """

    bounds: Bounds
    places: Mapping[str, TemplatePlace]
    crowded: frozenset[str]

    @classmethod
    def of(cls, bounds: Bounds, places: Mapping[str, TemplatePlace]) -> Self:
        """Of these places, by name."""
        return cls(bounds, places, frozenset(map(path_of_text, places)) - {""})


@lru_cache(maxsize=INDEXES_KEPT)
def _indexed(template: Template) -> TemplateIndex:
    return TemplateIndex.of(template.bounds, {each.place: each for each in template.places})


def apply_template(template: Template, blocks: Sequence[Placed], counts: Sequence[int]) -> Applied:
    """What a template makes of a page. counts: words per block."""
    return read_blocks(_indexed(template), blocks, counts)


def read_blocks(known: TemplateIndex, blocks: Sequence[Placed], counts: Sequence[int]) -> Applied:
    """Taken is what stands at places of the article, and between its paragraphs what stands at places that may be of it."""
    found = {path: _place_of(path, known.places) for path in {block.dom_path for block in blocks}}
    places = [found[block.dom_path] for block in blocks]
    taken = [
        place is not None and place.decision is Decision.INSIDE and not _recurs(block, known)
        for place, block in zip(places, blocks, strict=True)
    ]
    prose = [at for at, inside in enumerate(taken) if inside and is_prose(blocks[at], counts[at])]
    for at in range(prose[0], prose[-1]) if prose else ():
        if not taken[at]:
            taken[at] = _goes_along(blocks[at], counts[at], places[at]) and not _recurs(blocks[at], known)
    return Applied(taken, refusal(known.bounds, Proposal(blocks, counts, places, taken)))


def _place_of(path: str, places: Mapping[str, TemplatePlace]) -> TemplatePlace | None:
    """What is known of a path, or of what stands for it; None for one that was never seen."""
    place = places.get(path)
    return place or next((places[each] for each in backoffs(path) if each in places), None)


def _goes_along(block: Placed, words: int, place: TemplatePlace | None) -> bool:
    """Whether text between paragraphs of the article is of it, as far as its place leaves that open."""
    if block.link_density >= MOSTLY_LINK:
        return False
    if place is None:
        return words >= GOES_ALONG and block.kind is not Kind.CAPTION
    return place.decision is Decision.MIXED


def _recurs(block: Placed, known: TemplateIndex) -> bool:
    return block.dom_path in known.crowded and standing_text(block.dom_path, masked_hash(block.text)) in known.places
