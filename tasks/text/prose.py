"""Where the prose of an article stands in its page: the places that its long, link-poor paragraphs share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.model import Block

MIN_WORDS = 20
MAX_LINKED = 0.5
HOME_STEPS = 6  # of a path: the paths of blocks are cut, and a paragraph's is one step longer than its parent's
WITHIN_STEPS = 3
MAIN_SHARE = 0.6  # of the words of prose


@dataclass(frozen=True, slots=True)
class Prose:
    """first: position of the first paragraph of prose. first_main, last_main: of the first and last in the place that holds most of it.

    paths: the paths of its paragraphs; homes: of the elements that hold them. main: the home of most of its words, None if it is scattered.
    """

    first: int
    first_main: int
    last_main: int
    paths: frozenset[str]
    homes: frozenset[str]
    main: str | None


def is_prose(block: Block, words: int) -> bool:
    """A paragraph or quotation of some length that is not made of links and closes like a sentence."""
    return (
        words >= MIN_WORDS
        and block.link_density < MAX_LINKED
        and block.kind in (Kind.PARAGRAPH, Kind.QUOTE)
        and ends_a_sentence(block.text)
    )


def home(path: str) -> str:
    """The path of the element that holds a block."""
    return "/".join(path.split("/")[:-1][-HOME_STEPS:])


def is_within(path: str, place: str) -> bool:
    """Whether a block stands in a place or deeper in it, as far as cut paths tell."""
    return f"/{'/'.join(place.split('/')[-WITHIN_STEPS:])}/" in f"/{path}/"


def prose_of(blocks: Sequence[Block], counts: Sequence[int]) -> Prose | None:
    """The prose among the blocks that the extractor took; None if there is none. counts: words per block."""
    found = [block for block in blocks if block.in_article and is_prose(block, counts[block.position])]
    if not found:
        return None
    words_at: dict[str, int] = {}
    for block in found:
        place = home(block.dom_path)
        words_at[place] = words_at.get(place, 0) + counts[block.position]
    main = max(words_at, key=lambda place: words_at[place])
    in_main = [block.position for block in found if home(block.dom_path) == main]
    is_gathered = words_at[main] >= MAIN_SHARE * sum(words_at.values())
    paths = frozenset(block.dom_path for block in found)
    return Prose(found[0].position, in_main[0], in_main[-1], paths, frozenset(words_at), main if is_gathered else None)
