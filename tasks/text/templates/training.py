"""A page to learn a template from: its blocks, labelled by what the extractor and the rules made of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.model import Action
from tasks.text.learning.masks import masked_hash
from tasks.text.templates.measures import taken_words, widest_gap
from tasks.text.templates.places import MAX_CHARS, backoffs, standing_text
from tasks.text.words import word_count

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tasks.text.learning.sightings import SeenBlock, Sighting

ONLY_OF_ARTICLE = frozenset({"standfirst", "correction", "caption-with-credit"})  # rules that move what the extractor took, nothing else
RECURS = 0.3  # of the pages; two of the four that a template takes at least


@dataclass(frozen=True, slots=True)
class TrainingPage:
    """A labelled page. counts: words per block. labels: per block, whether it is of the article; None where its ledger does not tell.

    words: of the article. gap: see `widest_gap`.
    """

    blocks: tuple[SeenBlock, ...]
    counts: tuple[int, ...]
    labels: tuple[bool | None, ...]
    words: int
    gap: int


def training_page(sighting: Sighting) -> TrainingPage:
    """A page as its ledger labels it: only blocks that have a place. Those of plain text have none."""
    blocks = tuple(block for block in sighting.blocks if 0 < len(block.dom_path) <= MAX_CHARS)
    counts = tuple(max(1, word_count(block.text)) for block in blocks)
    labels = tuple(map(_label, blocks))
    taken = [label is not False for label in labels]
    return TrainingPage(blocks, counts, labels, taken_words(taken, counts), widest_gap(taken, counts))


def _label(block: SeenBlock) -> bool | None:
    """None: what rules took out of the article, and what they move to fields wherever it stands, tells nothing of its place."""
    if block.action is Action.KEPT or block.rule_id in ONLY_OF_ARTICLE:
        return True
    return None if block.in_article else False


def without_field_labels(pages: Sequence[TrainingPage]) -> list[TrainingPage]:
    """The pages, with None in place of False at paths where the extractor takes a field now and then, such as a standfirst.

    Rules move such a block to its field either way. That the extractor left it out on one page does not make it boilerplate on others.
    """
    fields = {block.dom_path for page in pages for block in page.blocks if block.rule_id in ONLY_OF_ARTICLE}
    return [_without_labels_at(page, fields) for page in pages] if fields else list(pages)


def _without_labels_at(page: TrainingPage, paths: Container[str]) -> TrainingPage:
    labelled = zip(page.blocks, page.labels, strict=True)
    return replace(page, labels=tuple(None if label is False and block.dom_path in paths else label for block, label in labelled))


def words_at(page: TrainingPage, recurring: frozenset[str]) -> dict[str, tuple[int, int]]:
    """(words of the article, other words) at each place of a page; (0, 0) where its ledger does not tell, or all texts there recur.

    recurring: texts that stand on many pages, see `recurring_texts`: they say nothing of their places.
    """
    paths: dict[str, tuple[int, int]] = {}
    texts: dict[str, tuple[int, int]] = {}
    for block, count, label in zip(page.blocks, page.counts, page.labels, strict=True):
        path = block.dom_path
        inside, outside = paths.setdefault(path, (0, 0))
        if label is False and recurring and (text := _text_of(block)) in recurring:
            texts[text] = (0, texts.get(text, (0, 0))[1] + count)
        elif label is not None:
            paths[path] = (inside + count, outside) if label else (inside, outside + count)
    found = paths | texts
    for path, (inside, outside) in paths.items():
        for place in backoffs(path) if inside or outside else ():
            before = found.get(place, (0, 0))
            found[place] = (before[0] + inside, before[1] + outside)
    return found


def recurring_texts(pages: Sequence[TrainingPage]) -> frozenset[str]:
    """Texts outside the article that recur, masked, at paths where the article stands too."""
    paths = {block.dom_path for page in pages for block, label in zip(page.blocks, page.labels, strict=True) if label}
    seen_on = Counter(text for page in pages for text in set(_texts_outside(page, paths)))
    return frozenset(text for text, count in seen_on.items() if count >= RECURS * len(pages))


def _texts_outside(page: TrainingPage, paths: Container[str]) -> Iterator[str]:
    for block, label in zip(page.blocks, page.labels, strict=True):
        if label is False and block.dom_path in paths:
            yield _text_of(block)


def _text_of(block: SeenBlock) -> str:
    return standing_text(block.dom_path, masked_hash(block.text))
