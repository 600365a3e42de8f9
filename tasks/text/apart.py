"""Blocks that the extractor took although they stand apart from the article's prose, or only lead to other pages."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.prose import is_within
from tasks.text.work import PROTECTED

if TYPE_CHECKING:
    from tasks.text.work import Work

LINKED_ITEM = 0.8
MIN_LINKED_ITEMS = 2
MAX_STANDFIRST_WORDS = 50
MIN_STANDFIRST_WORDS = 8


def link_lists(work: Work) -> None:
    """Lists of links above and below the prose. Between its paragraphs they are text: sources, a series, results."""
    prose = work.prose
    if prose is None:
        return
    runs = groupby(work.open(), key=lambda block: block.kind is Kind.LIST_ITEM and block.link_density >= LINKED_ITEM)
    for blocks in [list(run) for is_linked, run in runs if is_linked]:
        is_around = blocks[-1].position < prose.first or blocks[0].position > prose.last_main
        for block in blocks if is_around and len(blocks) >= MIN_LINKED_ITEMS else ():
            work.remove(block, "link-list", "one of a list of links to other pages", kind=Kind.BOILERPLATE)


def apart(work: Work) -> None:
    """What comes after the last paragraph of the element that holds most of the prose, outside that element; its header is a standfirst."""
    prose = work.prose
    if prose is None or prose.main is None:
        return
    for block in work.open():
        at = block.position
        if not _may_go(work, at) or is_within(block.dom_path, prose.main):
            continue
        if at > prose.last_main:
            work.remove(block, "after-the-text", "stands behind the text, in another part of the page", kind=Kind.BOILERPLATE)
        elif at < prose.first_main and "/header" in block.dom_path and MIN_STANDFIRST_WORDS <= work.counts[at] <= MAX_STANDFIRST_WORDS:
            work.move(block, Kind.STANDFIRST, "subtitle", "standfirst", "introduces the article, between headline and text")


def _may_go(work: Work, at: int) -> bool:
    return work.kinds[at] not in PROTECTED
