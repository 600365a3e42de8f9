"""Ledgers of a publisher's articles -> its template. A pure function of the set of articles: their order never matters."""

from __future__ import annotations

from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from tasks.text.learning.publisher import newest_articles
from tasks.text.templates.apply import TemplateIndex, read_blocks
from tasks.text.templates.measures import agreement
from tasks.text.templates.places import is_backoff
from tasks.text.templates.template import Bounds, Decision, Template, TemplatePlace
from tasks.text.templates.training import recurring_texts, training_page, without_field_labels, words_at

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tasks.text.learning.sightings import Sighting
    from tasks.text.templates.training import TrainingPage

MIN_PAGES = 4
NEWEST = 32  # pages that are looked at
MOSTLY = 0.8  # of the words at a place
MIN_AGREEMENT = 0.85
MIN_READ = 0.5  # of the pages: as many must pass the checks, each with a template of the others
MAX_PLACES = 600


class _Shown(NamedTuple):
    """What all pages show of a place: words of the article, others, and how many pages have it."""

    inside: int
    outside: int
    pages: int


def learn_template(publisher_id: str, sightings: Sequence[Sighting]) -> Template | None:
    """None: the publisher's pages do not tell where its articles stand.

    sightings: of pages that the extractor read, never a template, with all of their blocks; others, with surroundings, teach nothing.
    """
    whole = [sighting for sighting in sightings if not sighting.surroundings]
    pages = without_field_labels([page for sighting in newest_articles(whole, NEWEST) if (page := training_page(sighting)).blocks])
    if len(pages) < MIN_PAGES:
        return None
    recurring = recurring_texts(pages)
    found = [words_at(page, recurring) for page in pages]
    shown = _added_up(found)
    places = {place: decided for place, each in shown.items() if (decided := _place(place, each))}
    asked = [
        _agreement(page, [*pages[:at], *pages[at + 1 :]], _without(places, shown, own))
        for at, (page, own) in enumerate(zip(pages, found, strict=True))
    ]
    agreed = [each for each in asked if each is not None]
    if len(agreed) < MIN_READ * len(pages) or mean(agreed) < MIN_AGREEMENT:
        return None
    kept = sorted(sorted(places.values(), key=_worth)[:MAX_PLACES], key=lambda each: each.place)
    return Template.of(publisher_id, tuple(kept), _bounds(pages), round(mean(agreed), 4))


def _worth(place: TemplatePlace) -> tuple[bool, bool, int, str]:
    """What is kept first: where the article stands, paths, and what holds most words."""
    return not place.inside, is_backoff(place.place), -place.inside - place.outside, place.place


def _bounds(pages: Sequence[TrainingPage]) -> Bounds:
    words = [page.words for page in pages]
    return Bounds(len(pages), min(words), max(words), max(page.gap for page in pages))


def _agreement(page: TrainingPage, others: Sequence[TrainingPage], places: Mapping[str, TemplatePlace]) -> float | None:
    """How well other pages tell of one which words are of the article, where its ledger says so; None where a check refuses."""
    applied = read_blocks(TemplateIndex.of(_bounds(others), places), page.blocks, page.counts)
    if applied.refused:
        return None
    told = [at for at, label in enumerate(page.labels) if label is not None]
    return agreement([applied.matched[at] for at in told], [page.labels[at] is True for at in told], [page.counts[at] for at in told])


def _added_up(found: Sequence[Mapping[str, tuple[int, int]]]) -> dict[str, _Shown]:
    shown: dict[str, _Shown] = {}
    for page in found:
        for place, (inside, outside) in page.items():
            before = shown.get(place, _Shown(0, 0, 0))
            shown[place] = _Shown(before.inside + inside, before.outside + outside, before.pages + 1)
    return shown


def _without(
    places: Mapping[str, TemplatePlace], shown: Mapping[str, _Shown], page: Mapping[str, tuple[int, int]]
) -> dict[str, TemplatePlace]:
    """The places as the other pages show them."""
    others = dict(places)
    for place, (inside, outside) in page.items():
        total = shown[place]
        decided = _place(place, _Shown(total.inside - inside, total.outside - outside, total.pages - 1))
        if decided:
            others[place] = decided
        else:
            others.pop(place, None)
    return others


def _place(place: str, shown: _Shown) -> TemplatePlace | None:
    """None where no page has it. Of the article is also a place of which ledgers tell nothing: the extractor took what stood there."""
    inside, outside, pages = shown
    if not pages:
        return None
    if not inside and not outside:
        return TemplatePlace(place, 0, 0, Decision.INSIDE)
    share = inside / (inside + outside)
    decision = Decision.INSIDE if share >= MOSTLY else Decision.OUTSIDE if share <= 1 - MOSTLY else Decision.MIXED
    return TemplatePlace(place, inside, outside, decision)
