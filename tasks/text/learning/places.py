"""What recurs by its place in the page: boxes whose words change every day, and the links between paragraphs."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.text.learning.evidence import Evidence, Threshold, state
from tasks.text.learning.learned import Feature, LearnedRule
from tasks.text.learning.standing import is_of_place, is_protected
from tasks.text.learning.texts import EXAMPLE_CHARS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.text.learning.publisher import Told

FURNITURE = Threshold(3, 0.1)  # articles in which other rules or the extractor took something out at the place

# Of a place's blocks, how many were taken out otherwise. Measured on 60 pages of ten publishers: pointers between paragraphs were
# recognised in 45 to 55 %, linked sentences of the text in 25 % or less; other lines of the text in up to 60 %.
GONE_LINKS = 0.4
GONE_OTHERS = 0.75
PROSE = 0.05  # of its blocks: a place with more holds text


@dataclass(slots=True)
class _Place:
    """Blocks at one place: how many other rules took, how many are left, how many of those are prose; and the articles by their place."""

    is_link: bool = False
    gone: int = 0
    left: int = 0
    prose: int = 0
    gone_in: set[int] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)

    @property
    def is_furniture(self) -> bool:
        """Whether what is left there is like what was taken."""
        total = self.gone + self.left
        return bool(self.examples) and self.prose <= PROSE * total and self.gone >= (GONE_LINKS if self.is_link else GONE_OTHERS) * total


def learn_places(publisher: str, told: Sequence[Told]) -> Iterator[LearnedRule]:
    """Rules on places, in order of their path. Only places where something is left to take."""
    days = [each.day for each in told]
    publisher_days = len({day for day in days if day})
    for key, place in sorted(_places(told).items()):
        if key and place.is_furniture:
            evidence = Evidence.of(place.gone_in, days)
            reached = state(evidence, FURNITURE, publisher_days)
            if reached:
                example = min(place.examples)[:EXAMPLE_CHARS]
                yield LearnedRule.of(publisher, reached, evidence, feature=Feature.PLACE, key=key, example=example)


def _places(told: Sequence[Told]) -> dict[str, _Place]:
    """What stands and what went at each place where something can be taken. Places from which nothing went are left out."""
    places: defaultdict[str, _Place] = defaultdict(_Place)
    for article, each in enumerate(told):
        for key, count in each.gone.items():
            places[key].gone += count
            places[key].gone_in.add(article)
    for block in (block for each in told for block in each.left if block.place in places):
        place = places[block.place]
        place.is_link |= block.is_link
        place.left += 1
        place.prose += block.is_prose or block.is_item or is_protected(block)
        if is_of_place(block):
            place.examples.append(block.text)
    return places
