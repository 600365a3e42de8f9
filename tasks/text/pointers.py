"""Lines in the middle of the text that only link to other articles: what they say differs every time, how they stand does not."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.prose import home
from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.model import Block
    from tasks.text.work import Work

MIN_WORDS = 4
MAX_WORDS = 30
MAX_STANDFIRST = 40  # words
PROSE_WORDS = 12
ALL_LINK = 0.9
LED_LINK = 0.45
LEAD_IN = re.compile(r"[^.?!:|：｜]{2,40}(?:[:|]\s|[：｜])")  # "MORE: ...", "READ THIS | ..."


def pointers(work: Work) -> None:
    """A line alone between two paragraphs of prose that is all link, or a lead-in and a link."""
    blocks = list(work.open())
    for at, block in enumerate(blocks[1:-1], start=1):
        if work.kinds[block.position] is not Kind.PARAGRAPH:
            continue
        if MIN_WORDS <= work.counts[block.position] <= MAX_WORDS and _only_links(block) and _among_prose(work, blocks, at):
            work.remove(block, "linked-line", "a line between paragraphs that only links to another article", kind=Kind.BOILERPLATE)


def cards(work: Work) -> None:
    """A box in the text with nothing but a linked headline and its standfirst: another article. Boxes in a row are a list of things."""
    boxes = [list(box) for _, box in groupby(work.open(), key=lambda block: home(block.dom_path))]
    are_cards = [_is_card(work, box) for box in boxes]
    for before, at, after in zip(are_cards, range(1, len(boxes) - 1), are_cards[2:], strict=False):
        if are_cards[at] and not before and not after:
            for block in boxes[at]:
                work.remove(block, "linked-card", "a box in the text that leads to another article", kind=Kind.BOILERPLATE)


def _is_card(work: Work, box: Sequence[Block]) -> bool:
    headline, *standfirst = box
    return (
        headline.kind is Kind.HEADING
        and headline.link_density >= ALL_LINK
        and work.counts[headline.position] >= MIN_WORDS
        and len(standfirst) == 1
        and standfirst[0].kind is Kind.PARAGRAPH
        and work.counts[standfirst[0].position] <= MAX_STANDFIRST
    )


def _only_links(block: Block) -> bool:
    """Whether a line is a headline with a link on it. A linked sentence is text: it closes with a full stop."""
    if block.text.rstrip().endswith((".", "。", ".”", '."')):
        return False
    if block.link_density >= ALL_LINK:
        return True
    return block.link_density >= LED_LINK and bool(LEAD_IN.match(block.text)) and not ends_a_sentence(block.text)


def _among_prose(work: Work, blocks: Sequence[Block], at: int) -> bool:
    """Whether the paragraphs before and after a line are prose: in a list of links a link is the text."""
    return all(
        work.counts[near.position] >= PROSE_WORDS and near.link_density < LED_LINK and ends_a_sentence(near.text)
        for near in (blocks[at - 1], blocks[at + 1])
    )
