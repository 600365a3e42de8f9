"""What one article that the extractor read teaches: at each place, how many words were of the article and how many were not."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tasks.model import Action
from tasks.text.learning.masks import masked_hash
from tasks.text.templates.parts import taken_words, widest_gap
from tasks.text.templates.places import MAX_CHARS, backoffs, standing_text
from tasks.text.words import word_count

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tasks.text.learning.sightings import SeenBlock, Sighting

ONLY_OF_ARTICLE = frozenset({"standfirst", "correction", "caption-with-credit"})  # rules that move what the extractor took, nothing else
RECURS = 0.3  # of the pages
RECURS_ON = 2  # pages at least


@dataclass(frozen=True, slots=True)
class Page:
    """labels: per block, whether it is of the article; None where its ledger does not tell. words, gap: of the article."""

    blocks: tuple[SeenBlock, ...]
    counts: tuple[int, ...]
    labels: tuple[bool | None, ...]
    words: int
    gap: int


def page_of(sighting: Sighting) -> Page:
    """An article as the learner of templates looks at it: the blocks that have a place. Plain text has none."""
    blocks = tuple(block for block in sighting.blocks if 0 < len(block.dom_path) <= MAX_CHARS)
    counts = tuple(max(1, word_count(block.text)) for block in blocks)
    labels = tuple(map(_label, blocks))
    taken = [label is not False for label in labels]
    return Page(blocks, counts, labels, taken_words(taken, counts), widest_gap(taken, counts))


def _label(block: SeenBlock) -> bool | None:
    """What rules took out of the article says nothing, nor what they move to fields wherever it stands."""
    if block.action is Action.KEPT or block.rule_id in ONLY_OF_ARTICLE:
        return True
    return None if block.in_article else False


def forgiven(pages: Sequence[Page]) -> list[Page]:
    """Where rules moved to a field what the extractor took on one page, it says nothing that it left it out on another."""
    fields = {block.dom_path for page in pages for block in page.blocks if block.rule_id in ONLY_OF_ARTICLE}
    return [_without_say(page, fields) for page in pages] if fields else list(pages)


def _without_say(page: Page, paths: Container[str]) -> Page:
    labelled = zip(page.blocks, page.labels, strict=True)
    return replace(page, labels=tuple(None if label is False and block.dom_path in paths else label for block, label in labelled))


def words_at(page: Page, recurring: frozenset[str]) -> dict[str, tuple[int, int]]:
    """Words of the article and others at each place of a page. Neither where its ledger does not tell, or where all texts recur.

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


def recurring_texts(pages: Sequence[Page]) -> frozenset[str]:
    """Texts outside the article that recur, masked, at paths where the article stands too."""
    paths = {block.dom_path for page in pages for block, label in zip(page.blocks, page.labels, strict=True) if label}
    seen_on = Counter(text for page in pages for text in set(_texts_outside(page, paths)))
    needed = max(RECURS_ON, RECURS * len(pages))
    return frozenset(text for text, count in seen_on.items() if count >= needed)


def _texts_outside(page: Page, paths: Container[str]) -> Iterator[str]:
    for block, label in zip(page.blocks, page.labels, strict=True):
        if label is False and block.dom_path in paths:
            yield _text_of(block)


def _text_of(block: SeenBlock) -> str:
    return standing_text(block.dom_path, masked_hash(block.text))
