"""Where a block stands in its article: before its prose, within it, or after it; and at which place of the page."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tasks.model import Kind
from tasks.text.learning.masks import share_of_numbers
from tasks.text.metadata.bylines import byline_names
from tasks.text.metadata.dates import read_date, without_date
from tasks.text.words import ends_a_sentence, fold, word_count
from tasks.text.work import PROTECTED

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from tasks.model import Block
    from tasks.text.learning.sightings import SeenBlock

PROSE_WORDS = 8
MOSTLY_LINK = 0.5
PLACE_STEPS = 4  # of a path, from the block up: further up, page templates differ
FIGURES = 0.4  # numbers per word from which a line is a score, a price or a result
MAX_WORDS_BESIDE_DATE = 3
MAX_WORDS_AT_PLACE = 40  # a longer block reads like text, wherever it stands
NEVER_LEARNED = PROTECTED | {Kind.STANDFIRST, Kind.TABLE, Kind.CODE}
AGENCY = re.compile(r"[(\[]?(?:[A-Z]{2,6}|[a-z]{2,4})(?:[/,-][A-Za-z]{2,6})+[)\]]?|[(\[][A-Za-z]{2,6}[)\]]")  # "SDA/ab", "(dpa)"


class Zone(StrEnum):
    """Start and end: outside the article's own prose. Within: between its paragraphs."""

    START = "start"
    WITHIN = "within"
    END = "end"


class Standing(NamedTuple):
    """One block that only learned rules may take.

    mask: hash of its masked text, or what stands for it among those of one publisher, see `hashes_to_compare`.
    place: see `place_of`. is_prose: whether it is a sentence of some length that is not mainly a link.
    """

    position: int
    text: str
    mask: int
    place: str
    kind: Kind
    words: int
    is_link: bool
    is_prose: bool

    @property
    def is_item(self) -> bool:
        """A row of a list or table."""
        return self.kind in (Kind.LIST_ITEM, Kind.TABLE) and not self.is_link


def standing(block: Block | SeenBlock, kind: Kind, mask: int, words: int | None = None) -> Standing:
    """kind: what the block is, whoever removed it. words: of its text, where they are known already."""
    count = word_count(block.text) if words is None else words
    is_link = block.link_density > MOSTLY_LINK
    is_prose = count >= PROSE_WORDS and not is_link and ends_a_sentence(block.text)
    return Standing(block.position, block.text, mask, place_of(block.dom_path, block.role, is_link=is_link), kind, count, is_link, is_prose)


@lru_cache(maxsize=4096)
def place_of(dom_path: str, role: str | None, *, is_link: bool) -> str:
    """The last steps of the path, the role, and whether the block is mainly a link; empty for plain text."""
    if not dom_path:
        return ""
    path = "/".join(dom_path.split("/")[-PLACE_STEPS:])
    return f"{path}{f' ({role})' if role else ''}{' link' if is_link else ''}"


def zones(blocks: Sequence[Standing], recurring: Container[int]) -> list[Zone]:
    """The zone of each block. recurring: masks of blocks that are no prose of this article's own.

    A list belongs together. An article without prose of its own has no edges.
    """
    own = [at for at, block in enumerate(blocks) if block.mask not in recurring and (block.is_prose or block.is_item)]
    if not own:
        return [Zone.WITHIN] * len(blocks)
    first, last = own[0], own[-1]
    while first and blocks[first].is_item and blocks[first - 1].is_item:
        first -= 1
    while last + 1 < len(blocks) and blocks[last].is_item and blocks[last + 1].is_item:
        last += 1
    return [Zone.START if at < first else Zone.END if at > last else Zone.WITHIN for at in range(len(blocks))]


def is_protected(block: Standing) -> bool:
    """Evidence and figures, never furniture: credits, agencies, bylines, dates, corrections, quotes, captions, tables, scores."""
    if block.kind in NEVER_LEARNED or AGENCY.fullmatch(block.text.strip()) or byline_names(block.text):
        return True
    if share_of_numbers(fold(block.text)) >= FIGURES:
        return True
    return bool(read_date(block.text, "")) and word_count(without_date(block.text)) <= MAX_WORDS_BESIDE_DATE


def is_of_place(block: Standing) -> bool:
    """Whether its place can say what it is: a short link or paragraph. Headings, lists and prose are text wherever they stand."""
    return block.words <= MAX_WORDS_AT_PLACE and not block.is_prose and (block.is_link or block.kind is Kind.PARAGRAPH)
