"""A publisher's template: which places of its pages hold the article, as far as earlier pages tell."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

TEMPLATE = "template-"  # how the ids of templates begin


class Decision(StrEnum):
    """What blocks at a place are: of the article, not of it, or now this and now that."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    MIXED = "mixed"


class Outcome(StrEnum):
    """Whether a template read a page, or a check sent the page to the extractor."""

    USED = "used"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class TemplatePlace:
    """One place. place: the path of blocks as ledgers hold it, or one of its `backoffs`, which are for paths that were never seen.

    inside, outside: words that stood there, in the article and not.
    """

    place: str
    inside: int
    outside: int
    decision: Decision


@dataclass(frozen=True, slots=True)
class Template:
    """What was learned of one publisher. Two templates with the same id read every page alike.

    pages: it was learned from. agreement: with the extractor, when each of those pages is read by a template of the others; mean F of
    words, 0 to 1. fewest_words, most_words: of the article on any of those pages. widest_gap: blocks that were left out in a row between
    much of an article and much of its rest, on any of them.
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

    @classmethod
    def of(
        cls,
        publisher_id: str,
        *,
        pages: int,
        agreement: float,
        fewest_words: int,
        most_words: int,
        widest_gap: int,
        places: tuple[TemplatePlace, ...],
    ) -> Self:
        """With the id that its content gives it."""
        told = [(each.place, each.inside, each.outside, each.decision.value) for each in places]
        deciding = json.dumps([publisher_id, fewest_words, most_words, widest_gap, told], ensure_ascii=False)
        digest = hashlib.sha256(deciding.encode("utf-8", "replace")).hexdigest()
        template_id = f"{TEMPLATE}{digest[:16]}"
        return cls(template_id, publisher_id, pages, agreement, fewest_words, most_words, widest_gap, places)


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """What became of a template on one page.

    reason: code of the check that refused, None where it was used. agreement: where the extractor was asked too, F of words, 0 to 1.
    """

    template_id: str
    outcome: Outcome
    reason: str | None = None
    agreement: float | None = None
