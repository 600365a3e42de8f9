"""Where the prose of an article stands in its page: the places that its long, link-poor paragraphs share."""

from __future__ import annotations

import re
from collections import Counter
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
MIN_MISSED = 3  # paragraphs
MISSED, STREAM = 2, 15  # times the words that the extractor took
PARAGRAPH_STEP = re.compile(r"/p(?:\.[^/]*)?$")


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
    candidates = [block for block in blocks if (block.in_article or block.role is None) and is_prose(block, counts[block.position])]
    missed = _missed(candidates, counts, taken=sum(counts[block.position] for block in blocks if block.in_article))
    found = [block for block in candidates if block.in_article or home(block.dom_path) in missed]
    if not found:
        return None
    words_at = _words_at(found, counts)
    main = max(words_at, key=lambda place: words_at[place])
    in_main = [block.position for block in found if home(block.dom_path) == main]
    is_gathered = words_at[main] >= MAIN_SHARE * sum(words_at.values())
    paths = frozenset(block.dom_path for block in found)
    return Prose(found[0].position, in_main[0], in_main[-1], paths, frozenset(words_at), main if is_gathered else None)


def _words_at(blocks: Sequence[Block], counts: Sequence[int]) -> dict[str, int]:
    """Words at each home."""
    words_at: dict[str, int] = {}
    for block in blocks:
        place = home(block.dom_path)
        words_at[place] = words_at.get(place, 0) + counts[block.position]
    return words_at


def _missed(candidates: Sequence[Block], counts: Sequence[int], *, taken: int) -> frozenset[str]:
    """Homes of several paragraphs that the extractor left out, each with so much more prose than it took that it took a sliver.

    Where there is more still the page is rather a stream of other articles. taken: words that the extractor took.
    """
    outside = [block for block in candidates if not block.in_article and PARAGRAPH_STEP.search(block.dom_path)]
    held = Counter(home(block.dom_path) for block in outside)
    words_at = _words_at(outside, counts)
    return frozenset(place for place, words in words_at.items() if held[place] >= MIN_MISSED and MISSED * taken < words <= STREAM * taken)
