"""A publisher's template: which places of its pages hold the article, as far as earlier pages tell."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Self

TEMPLATE = "template-"  # how the ids of templates begin


def is_template(reader: str) -> bool:
    """Whether that is the name of a template, and not of the extractor."""
    return reader.startswith(TEMPLATE)


class Decision(StrEnum):
    """What blocks at a place are: of the article, not of it, or now this and now that."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    MIXED = "mixed"


class Outcome(StrEnum):
    """Whether a template read a page, or a check sent the page to the extractor."""

    USED = "used"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Which check forbids to believe a template on a page."""

    NOTHING = "nothing"
    FEW_WORDS = "few_words"
    MANY_WORDS = "many_words"
    SEVERAL_BODIES = "several_bodies"
    UNSEEN_HEADINGS = "unseen_headings"
    UNSEEN_TEXT = "unseen_text"
    MIXED_TEXT = "mixed_text"
    OUTSIDE_TEXT = "outside_text"


@dataclass(frozen=True, slots=True)
class TemplatePlace:
    """One place. place: the path of blocks as ledgers hold it; for paths that were never seen one of their `backoffs`; for a text that
    recurs where the article stands its `standing_text`.

    inside, outside: words that stood there, in the article and not; neither where ledgers do not tell.
    """

    place: str
    inside: int
    outside: int
    decision: Decision


class Bounds(NamedTuple):
    """Of the pages that a template was learned from.

    pages: how many. fewest_words, most_words: of an article. widest_gap: blocks that were left out in a row between much of an article and
    much of its rest.
    """

    pages: int
    fewest_words: int
    most_words: int
    widest_gap: int


@dataclass(frozen=True, slots=True)
class Template:
    """What was learned of one publisher. Two templates with the same id read every page alike.

    agreement: with the extractor, when those pages are each read by a template of the others; mean F1 of words,
    0 to 1. pages, fewest_words, most_words, widest_gap: see `Bounds`.
    """

    template_id: str
    publisher_id: str
    pages: int
    agreement: float
    fewest_words: int
    most_words: int
    widest_gap: int
    places: tuple[TemplatePlace, ...]

    def __hash__(self) -> int:
        """By its id: a template is looked up for every page."""
        return hash(self.template_id)

    @property
    def bounds(self) -> Bounds:
        """The figures that checks go by."""
        return Bounds(self.pages, self.fewest_words, self.most_words, self.widest_gap)

    @classmethod
    def of(cls, publisher_id: str, places: tuple[TemplatePlace, ...], bounds: Bounds, agreement: float) -> Self:
        """With the id that its content gives it."""
        told = [(each.place, each.inside, each.outside, each.decision.value) for each in places]
        content = json.dumps([publisher_id, bounds, told], ensure_ascii=False).encode("utf-8", "replace")
        template_id = f"{TEMPLATE}{hashlib.sha256(content).hexdigest()[:16]}"
        return cls(template_id, publisher_id, bounds.pages, agreement, *bounds[1:], places)


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """What became of a template on one page.

    reason: the check that refused, None where it was used. agreement: where the extractor was asked too, F1 of words, 0 to 1.
    """

    template_id: str
    outcome: Outcome
    reason: Refusal | None = None
    agreement: float | None = None
