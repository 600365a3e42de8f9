"""Blocks that the extractor took although they stand apart from the article's prose, or only lead to other pages."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.prose import is_within
from tasks.text.work import PROTECTED

if TYPE_CHECKING:
    from tasks.text.work import Work

WHOLE_LINK = 0.9
MIN_LINK_WORDS = 3
LINKED_ITEM = 0.8
MIN_LINKED_ITEMS = 2
MAX_STANDFIRST_WORDS = 50
MIN_STANDFIRST_WORDS = 8


def links(work: Work) -> None:
    """Paragraphs that are one link, and lists of links."""
    for block in work.open():
        is_long = work.counts[block.position] >= MIN_LINK_WORDS
        if is_long and block.kind is Kind.PARAGRAPH and block.link_density >= WHOLE_LINK and _may_go(work, block.position):
            work.remove(block, "link-paragraph", "is nothing but a link to another page", kind=Kind.BOILERPLATE)
    runs = groupby(work.open(), key=lambda block: block.kind is Kind.LIST_ITEM and block.link_density >= LINKED_ITEM)
    for blocks in [list(run) for is_linked, run in runs if is_linked]:
        for block in blocks if len(blocks) >= MIN_LINKED_ITEMS else ():
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
