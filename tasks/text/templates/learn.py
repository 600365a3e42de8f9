"""Sightings of a publisher's articles -> its template. A pure function of the set of articles: their order never matters."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tasks.text.templates.template import Decision, Template, TemplatePlace
from tasks.text.words import word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.text.learning.sightings import Sighting

MIN_PAGES = 4
MOSTLY = 0.8  # of the words at a place


def learn_template(publisher_id: str, sightings: Sequence[Sighting]) -> Template | None:
    """None: the publisher's pages do not tell where its articles stand. sightings: of pages that the extractor read, never a template."""
    if len(sightings) < MIN_PAGES:
        return None
    inside: defaultdict[str, int] = defaultdict(int)
    outside: defaultdict[str, int] = defaultdict(int)
    lengths = []
    for sighting in sightings:
        length = 0
        for block in sighting.blocks:
            words = word_count(block.text)
            length += words if block.in_article else 0
            (inside if block.in_article else outside)[block.dom_path] += words
        lengths.append(length)
    places = [_place(path, inside[path], outside[path]) for path in sorted(inside.keys() | outside.keys())]
    return Template.of(
        publisher_id, pages=len(sightings), agreement=1.0, fewest_words=min(lengths), most_words=max(lengths), widest_gap=0,
        places=tuple(places),
    )  # fmt: skip


def _place(path: str, inside: int, outside: int) -> TemplatePlace:
    share = inside / max(1, inside + outside)
    decision = Decision.INSIDE if share >= MOSTLY else Decision.OUTSIDE if share <= 1 - MOSTLY else Decision.MIXED
    return TemplatePlace(path, inside, outside, decision)
