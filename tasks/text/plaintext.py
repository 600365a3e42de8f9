"""A plain-text file of one article -> a Document: a line is a block, unless the file is wrapped at a fixed width."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

from tasks.errors import NotAnArticle
from tasks.model import Block, Candidate, Document, Kind
from tasks.text.words import ends_a_sentence, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

EXTRACTOR = "plain text"
BLANKS = re.compile(r"[ \t\r\f\v]+")
MIN_WRAPPED_LINES = 4
WRAP_CHARS = (45, 100)
MAX_TITLE_WORDS = 40
MAX_TITLE_CHARS = 500
MAX_BLOCKS = 20_000


def read_text(text: str, *, url: str | None) -> Document:
    """Read a text. The first line is the headline if it is short and no sentence. Raises NotAnArticle if there is nothing to read."""
    lines = [line.strip() for line in _unwrapped(text.splitlines())]
    lines = [line for line in lines if line]
    if not lines:
        raise NotAnArticle(url or "", "no_text", "the file is empty")
    flags = ("blocks_cut",) if len(lines) > MAX_BLOCKS else ()
    title = lines[0] if len(lines) > 1 and _is_headline(lines[0]) else None
    blocks = tuple(Block(at, line, Kind.HEADING if at == 0 and title else Kind.PARAGRAPH) for at, line in enumerate(lines[:MAX_BLOCKS]))
    candidates = (Candidate("title", title, "first line"),) if title else ()
    return Document(url, title, blocks, candidates, extractor=EXTRACTOR, flags=flags)


def _is_headline(line: str) -> bool:
    return len(line) <= MAX_TITLE_CHARS and word_count(line) <= MAX_TITLE_WORDS and not ends_a_sentence(line)


def _unwrapped(lines: Sequence[str]) -> list[str]:
    """The paragraphs of a file that is wrapped at a fixed width, else its lines as they are.

    Wrapped: most lines that do not end their paragraph are about as long as the longest.
    """
    paragraphs = [list(group) for is_text, group in groupby(lines, key=lambda line: bool(line.strip())) if is_text]
    inner = [len(line) for paragraph in paragraphs for line in paragraph[:-1]]
    width = max(inner, default=0)
    if (
        len(inner) < MIN_WRAPPED_LINES
        or not WRAP_CHARS[0] <= width <= WRAP_CHARS[1]
        or sum(chars > 0.75 * width for chars in inner) < 0.8 * len(inner)
    ):
        return [BLANKS.sub(" ", line) for line in lines] if any("\t" in line for line in lines) else list(lines)
    return [" ".join(line.strip() for line in paragraph) for paragraph in paragraphs]
