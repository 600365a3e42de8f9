"""Captions, credits, corrections, standfirst, byline and date of an article: blocks that go to fields of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.credits import MAX_CAPTION_WORDS, split_caption
from tasks.text.metadata.bylines import byline_names
from tasks.text.metadata.dates import read_date, without_date
from tasks.text.words import ends_a_sentence, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.model import Block
    from tasks.text.work import Work

MAX_BYLINE_WORDS = 25
PROSE_WORDS = 20
MAX_STANDFIRST_WORDS = 50
MAX_STANDFIRST_BLOCKS = 2
MAX_WORDS_BESIDE_DATE = 3
NEAR_ARTICLE = 15  # blocks before and after the article in which its captions, bylines and dates may stand


def fields_around(work: Work) -> None:
    """Captions, credits, bylines and dates of the article go to their fields, also where they stand just outside its text."""
    first, last = article_ends(work.document.blocks)
    prose = next((block.position for block in work.document.blocks if block.in_article and _is_prose(block, work)), last)
    standfirst = _standfirst(work)
    for block in work.document.blocks[max(0, first - NEAR_ARTICLE) : last + NEAR_ARTICLE + 1]:
        at, words = block.position, work.counts[block.position]
        within = first <= at <= last
        if words <= MAX_CAPTION_WORDS and within and (block.kind is Kind.CAPTION or block.role == "caption"):
            work.move(block, Kind.CAPTION, "captions", "caption", "a picture's caption")
        elif work.kinds[at] is Kind.CORRECTION and block.in_article:
            work.move(block, Kind.CORRECTION, "corrections", "correction", "says what the publisher corrected")
        elif work.kinds[at] is Kind.CREDIT and (within or block.role == "credit"):
            work.move(block, Kind.CREDIT, "credits", "credit", "names the source of a picture or text")
        elif at < prose and block.in_article and words <= MAX_CAPTION_WORDS and split_caption(block.text)[1]:
            work.move(block, Kind.CAPTION, "captions", "caption-with-credit", "a line above the text that closes with a picture credit")
        elif at in standfirst:
            work.move(block, Kind.STANDFIRST, "subtitle", "standfirst", "introduces the article, between headline and text")
        elif words <= MAX_BYLINE_WORDS and (block.in_article or block.role in ("byline", "time")):
            _byline_or_date(work, block, in_head=at < prose)


def article_ends(blocks: Sequence[Block]) -> tuple[int, int]:
    """Positions of the first and the last block that the extractor took; (0, -1) if it took none."""
    inside = [block.position for block in blocks if block.in_article]
    return (inside[0], inside[-1]) if inside else (0, -1)


def _standfirst(work: Work) -> frozenset[int]:
    """Positions of the standfirst: one or two short blocks marked as such before any other paragraph.

    More of them are sections of the text.
    """
    marked = [block.position for block in work.document.blocks if block.in_article and block.role == "standfirst"]
    paragraphs = (
        block.position for block in work.document.blocks if block.in_article and block.role != "standfirst" and _is_prose(block, work)
    )
    if not 1 <= len(marked) <= MAX_STANDFIRST_BLOCKS or any(work.counts[at] > MAX_STANDFIRST_WORDS for at in marked):
        return frozenset()
    return frozenset(marked) if marked[-1] < next(paragraphs, marked[-1] + 1) else frozenset()


def _byline_or_date(work: Work, block: Block, *, in_head: bool) -> None:
    by = byline_names(block.text) if (in_head or block.role == "byline") and not ends_a_sentence(block.text) else ()
    if by or (block.role == "byline" and work.counts[block.position] <= MAX_BYLINE_WORDS and not ends_a_sentence(block.text)):
        work.move(block, Kind.BYLINE, "authors", "byline", "names who wrote the article")
    elif (in_head or block.role == "time") and read_date(block.text, "") and word_count(without_date(block.text)) <= MAX_WORDS_BESIDE_DATE:
        work.move(block, Kind.DATELINE, "published", "date-line", "says when the article was published")


def _is_prose(block: Block, work: Work) -> bool:
    return (
        work.counts[block.position] >= PROSE_WORDS
        and block.kind in (Kind.PARAGRAPH, Kind.QUOTE)
        and block.role not in ("caption", "standfirst")
    )
