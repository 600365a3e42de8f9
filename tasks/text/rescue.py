"""Blocks that the extractor left out although they stand where the article's prose stands."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.prose import HOME_STEPS, home, is_prose
from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
    from tasks.model import Block
    from tasks.text.prose import Prose
    from tasks.text.work import Work

MIN_WORDS = 8
MAX_LINKED = 0.4
MIN_ALIKE = 3  # blocks
SHAPE_STEPS = 3
RESCUED = {
    "rescued-prose": "a paragraph that stands where the article's paragraphs stand",
    "rescued-heading": "a heading between the article's paragraphs",
    "rescued-item": "an item of a list between the article's paragraphs",
    "rescued-code": "code between the article's paragraphs",
    "rescued-alike": "stands between the article's paragraphs in the same kind of place as others of its blocks",
}


def rescue(work: Work) -> None:
    """Take sentences at the prose's own path anywhere, and what stands beside the prose, or like it, between its beginning and the end."""
    prose = work.prose
    if prose is None:
        return
    inside = [block for block in work.document.blocks if block.in_article]
    alike = Counter((block.kind, _end(block.dom_path, SHAPE_STEPS)) for block in inside)
    end = max(prose.last_main, inside[-1].position)
    for block in reversed(work.document.blocks):  # a heading is judged by what follows it
        at = block.position
        if block.in_article or work.verdicts[at] or block.role in work.rules.roles or block.link_density > MAX_LINKED:
            continue
        is_between = prose.first <= at <= end
        rule_id = _rule_for(block, work.counts[at], prose, is_between=is_between) or (
            _by_others(work, block, alike) if is_between else None
        )
        if rule_id:
            work.keep(block, rule_id, RESCUED[rule_id])


def _rule_for(block: Block, words: int, prose: Prose, *, is_between: bool) -> str | None:
    """By the place of a block alone."""
    if block.kind in (Kind.PARAGRAPH, Kind.QUOTE) and words >= MIN_WORDS and block.role is None:
        beside = is_between and (home(block.dom_path) in prose.homes or _end(block.dom_path, HOME_STEPS) in prose.homes)
        return "rescued-prose" if beside or (block.dom_path in prose.paths and (is_between or ends_a_sentence(block.text))) else None
    if block.kind is Kind.HEADING and is_between and home(block.dom_path) in prose.homes:
        return "rescued-heading"
    if block.kind is Kind.CODE and is_between and home(block.dom_path) in prose.homes:
        return "rescued-code"
    if block.kind is Kind.LIST_ITEM and is_between and _beside_list(block, prose):
        return "rescued-item"
    return None


def _by_others(work: Work, block: Block, alike: Counter[tuple[Kind, str]]) -> str | None:
    """By the blocks of the article: a heading right above a paragraph, or what stands as several of its kind do, told by a class name.

    alike: how many blocks of the article there are of a kind at the end of a path.
    """
    if block.kind is Kind.HEADING and _heads_text(work, block.position):
        return "rescued-heading"
    shape = _end(block.dom_path, SHAPE_STEPS)
    return "rescued-alike" if block.role is None and "." in shape and alike[block.kind, shape] >= MIN_ALIKE else None


def _heads_text(work: Work, at: int) -> bool:
    """Whether a paragraph of the article follows a heading at once."""
    if at + 1 == len(work.document.blocks):
        return False
    following = work.document.blocks[at + 1]
    return (following.in_article or following.position in work.rescued) and is_prose(following, work.counts[at + 1])


def _end(path: str, steps: int) -> str:
    """The last steps of a path. Text in a home without a paragraph of its own has that home for a path."""
    return "/".join(path.split("/")[-steps:])


def _beside_list(item: Block, prose: Prose) -> bool:
    """Whether the list of an item stands in a home of prose."""
    above = item.dom_path.split("/")[:-2][-(HOME_STEPS - 1) :]
    return any("/".join(place.split("/")[-len(above) :]) == "/".join(above) for place in prose.homes) if above else False
