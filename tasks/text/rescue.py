"""Blocks that the extractor left out although they stand where the article's prose stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.prose import HOME_STEPS, home
from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
    from tasks.model import Block
    from tasks.text.prose import Prose
    from tasks.text.work import Work

MIN_WORDS = 8
MAX_LINKED = 0.4
RESCUED = {
    "rescued-prose": "a paragraph that stands where the article's paragraphs stand",
    "rescued-heading": "a heading between the article's paragraphs",
    "rescued-item": "an item of a list between the article's paragraphs",
}


def rescue(work: Work) -> None:
    """Take sentences at the prose's own path anywhere, and paragraphs, headings and lists beside it between its beginning and the end."""
    prose = work.prose
    if prose is None:
        return
    end = max(block.position for block in work.document.blocks if block.in_article)
    for block in work.document.blocks:
        at = block.position
        if block.in_article or work.verdicts[at] or block.role in work.rules.roles or block.link_density > MAX_LINKED:
            continue
        rule_id = _rule_for(block, work.counts[at], prose, is_between=prose.first <= at <= end)
        if rule_id:
            work.keep(block, rule_id, RESCUED[rule_id])


def _rule_for(block: Block, words: int, prose: Prose, *, is_between: bool) -> str | None:
    if block.kind in (Kind.PARAGRAPH, Kind.QUOTE) and words >= MIN_WORDS and block.role is None:
        beside = is_between and (home(block.dom_path) in prose.homes or _end(block.dom_path) in prose.homes)
        return "rescued-prose" if beside or (block.dom_path in prose.paths and (is_between or ends_a_sentence(block.text))) else None
    if block.kind is Kind.HEADING and is_between and home(block.dom_path) in prose.homes:
        return "rescued-heading"
    if block.kind is Kind.LIST_ITEM and is_between and _beside_list(block, prose):
        return "rescued-item"
    return None


def _end(path: str) -> str:
    """As much of a path as a home has: text that stands in that home without a paragraph of its own has it for a path."""
    return "/".join(path.split("/")[-HOME_STEPS:])


def _beside_list(item: Block, prose: Prose) -> bool:
    """Whether the list of an item stands in a home of prose."""
    above = item.dom_path.split("/")[:-2][-(HOME_STEPS - 1) :]
    return any("/".join(place.split("/")[-len(above) :]) == "/".join(above) for place in prose.homes) if above else False
