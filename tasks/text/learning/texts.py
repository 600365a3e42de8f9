"""What recurs by its words: anywhere in a publisher's articles, or at one of their ends."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.learning.evidence import Evidence, Threshold, state
from tasks.text.learning.learned import MAX_CHARS, Feature, LearnedRule, State
from tasks.text.learning.standing import Zone, is_protected, zones
from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tasks.text.learning.publisher import Told
    from tasks.text.learning.standing import Standing

EXAMPLE_CHARS = 200
RECURRING = 3  # articles from which a paragraph is not believed to be an article's own
BODY_SHARE = 0.05  # of the publisher's prose: a place with as much holds its articles
LABEL_WORDS = 3
AT_ITS_EDGE = 0.5  # of the articles with a label that have it at that edge

# A label after the last paragraph is cheap to lose; a sentence there may be the background of a running story; a sentence among the
# paragraphs is what the publisher wrote, unless half of its articles have it.
LABEL_AT_EDGE = Threshold(3, 0.1, enough=8)
SENTENCE_AT_EDGE = Threshold(3, 0.3)
BESIDE_BODY = Threshold(3, 0.3)
WITHIN_BODY = Threshold(6, 0.5, days=3, strict=True)


@dataclass(slots=True)
class _Found:
    """A masked text and the articles that have it, by their place in the publisher's articles."""

    example: Standing
    is_beside_body: bool = True
    is_paragraph: bool = True
    anywhere: set[int] = field(default_factory=set)
    within: set[int] = field(default_factory=set)
    start: set[int] = field(default_factory=set)
    end: set[int] = field(default_factory=set)

    def add(self, article: int, block: Standing, zone: Zone, *, beside_body: bool) -> None:
        self.example = min(self.example, block, key=lambda each: each.text)
        self.is_beside_body &= beside_body
        self.is_paragraph &= block.kind is Kind.PARAGRAPH
        self.anywhere.add(article)
        {Zone.START: self.start, Zone.WITHIN: self.within, Zone.END: self.end}[zone].add(article)


def learn_texts(publisher: str, told: Sequence[Told]) -> Iterator[LearnedRule]:
    """Rules on texts, in order of their masked hash."""
    days = [each.day for each in told]
    publisher_days = len({day for day in days if day})
    for mask, found in sorted(_recurring(told).items()):
        for feature, at, shown_by, threshold in _offers(found):
            evidence = Evidence.of(shown_by, days)
            reached = state(evidence, threshold, publisher_days)
            if reached:
                key = f"{mask:016x}" if at is None else f"{mask:016x}@{at.value}"
                example = found.example.text[:EXAMPLE_CHARS]
                yield LearnedRule.of(publisher, reached, evidence, feature=feature, key=key, example=example)
                if reached is not State.SHADOW and feature is Feature.TEXT:
                    break


def _offers(found: _Found) -> Iterator[tuple[Feature, Zone | None, set[int], Threshold]]:
    """What may be believed of it: that it goes anywhere, or at an edge. A few words that stand at the edges may be text elsewhere."""
    is_label = not ends_a_sentence(found.example.text)
    if found.is_paragraph and found.is_beside_body and found.example.words > LABEL_WORDS:
        yield Feature.TEXT, None, found.anywhere, BESIDE_BODY
    elif found.is_paragraph and found.within:
        yield Feature.TEXT, None, found.within, BESIDE_BODY if found.is_beside_body else WITHIN_BODY
    for zone, shown_by in ((Zone.START, found.start), (Zone.END, found.end)):
        if shown_by and len(shown_by) >= AT_ITS_EDGE * len(found.anywhere):
            yield Feature.EDGE, zone, shown_by, LABEL_AT_EDGE if is_label else SENTENCE_AT_EDGE


def _recurring(told: Sequence[Told]) -> dict[int, _Found]:
    """Masked text -> where it was found; only texts that stand in more than one article."""
    standing_in = Counter(mask for each in told for mask in {block.mask for block in each.left if len(block.text) <= MAX_CHARS})
    often = {mask for mask, count in standing_in.items() if count >= RECURRING}
    body = body_places(told, often)
    found: dict[int, _Found] = {}
    for article, each in enumerate(told):
        for block, zone in zip(each.left, zones(each.left, often), strict=True):
            if standing_in[block.mask] > 1 and len(block.text) <= MAX_CHARS and not is_protected(block):
                found.setdefault(block.mask, _Found(block)).add(article, block, zone, beside_body=block.place not in body)
    return found


def body_places(told: Sequence[Told], recurring: set[int]) -> frozenset[str]:
    """The places that hold the publisher's articles."""
    words: defaultdict[str, int] = defaultdict(int)
    for each in told:
        for block in each.left:
            if block.is_prose and block.mask not in recurring:
                words[block.place] += block.words
    total = sum(words.values())
    return frozenset(place for place, count in words.items() if count >= BODY_SHARE * total)
