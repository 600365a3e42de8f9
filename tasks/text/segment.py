"""A parsed page -> its text blocks in document order, each with its place.

Every readable character of the body ends up in exactly one block.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tasks.model import Kind
from tasks.text.places import PATH_STEPS, own_role, step_and_role
from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

UNREAD = frozenset(
    ("script style noscript template svg iframe object embed select datalist textarea head meta link canvas map math").split()
)
BLOCK_TAGS = frozenset(
    (
        "address article aside blockquote body button caption center dd details dialog div dl dt fieldset figcaption figure footer "
        "form h1 h2 h3 h4 h5 h6 header hgroup hr label legend li main menu nav ol p pre section summary table tbody td tfoot th "
        "thead tr ul"
    ).split()
)
# What an element does to the text around it, by its tag; one with a hyphen is custom and stands alone like a div, any other runs on.
HIDES, LINKS, BREAKS, SPANS, DIVIDES = range(1, 6)
ACTS = dict.fromkeys(UNREAD, HIDES) | {"a": LINKS, "br": BREAKS, "span": SPANS} | dict.fromkeys(BLOCK_TAGS, DIVIDES)
TABLE_BLOCKS = frozenset(["tr", "table", "caption"])  # of a table of data: its other elements run on
KINDS = {f"h{n}": Kind.HEADING for n in range(1, 7)} | {
    "li": Kind.LIST_ITEM, "dd": Kind.LIST_ITEM, "dt": Kind.LIST_ITEM, "blockquote": Kind.QUOTE, "figcaption": Kind.CAPTION,
    "pre": Kind.CODE, "tr": Kind.TABLE, "caption": Kind.CAPTION,
}  # fmt: skip
BREAK = "\x1f"  # stands for <br>; no page holds one: decoding takes control codes out, and parsing references to them
BLANKS = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")  # a single space may stay
PARAGRAPH_BREAK = re.compile(rf" ?{BREAK}(?: ?{BREAK})+ ?")
LINE_BREAK = re.compile(rf" ?{BREAK} ?")
LONG_LINE = 60
MAX_BLOCKS = 5_000


class PlacedBlock(NamedTuple):
    """A block and the elements above it that state a role, nearest last: (element's number, role)."""

    text: str
    kind: Kind
    dom_path: str
    link_density: float
    roles: tuple[tuple[int, str], ...]


class _Reader:
    """Collects inline text until a block-level boundary, then closes the block.

    parts: the text of the block that is being read. above: the block-level elements, and spans with a role, that are being read; with the
    kind and the roles of each, those of what is above it included. steps: of the path to them. paths: so far, each
    one object for all of its blocks: so less travels from a worker process. links: that are being read.
    """

    def __init__(self) -> None:
        self.blocks: list[PlacedBlock] = []
        self.above: list[tuple[HtmlElement | None, Kind, tuple[tuple[int, str], ...]]] = [(None, Kind.PARAGRAPH, ())]
        self.steps: list[str] = []
        self.paths: dict[str, str] = {}
        self.parts: list[str] = []
        self.links = 0
        self.linked_chars = 0
        self.rows_of: list[HtmlElement] = []

    def add(self, text: str) -> None:
        if self.parts or not text.isspace():  # a block begins with its first word
            self.parts.append(text)
            if self.links:
                self.linked_chars += len(text.strip())

    def divide(self, element: HtmlElement, tag: str, number: int, *, is_empty: bool) -> None:
        """A block-level element begins."""
        if tag == "table" and _is_data_table(element):
            self.rows_of.append(element)
        if self.rows_of and tag not in TABLE_BLOCKS:
            self._divide_cells(tag)
            return
        if self.parts:
            self.close_block()
        if is_empty:
            return
        path_step, role = step_and_role(element, tag)
        kind = None if tag == "tr" and not self.rows_of else KINDS.get(tag)  # in a table that lays out a page, text is text
        _, inherited, roles = self.above[-1]
        self.above.append((element, kind or inherited, (*roles, (number, role)) if role else roles))
        self.steps.append(path_step)

    def span(self, element: HtmlElement, tag: str, number: int) -> None:
        """A span begins. One with a role stands for itself."""
        if role := own_role(element, tag):
            _, inherited, roles = self.above[-1]
            self.above.append((element, inherited, (*roles, (number, role))))
            self.steps.append("")

    def _divide_cells(self, tag: str) -> None:
        """Cells of a data table run on within their row."""
        if tag in ("td", "th") and self.parts and not "".join(self.parts).isspace():
            self.parts.append(" | ")

    def leave(self, element: HtmlElement, act: int) -> None:
        """A block-level element or a span ends."""
        if self.above[-1][0] is element:
            if self.parts and act != SPANS:
                self.close_block()
            self.above.pop()
            self.steps.pop()
        if self.rows_of and self.rows_of[-1] is element:
            self.rows_of.pop()

    def close_block(self) -> None:
        raw, linked = "".join(self.parts), self.linked_chars
        self.parts.clear()
        self.linked_chars = 0
        if not self.steps:
            return
        _, kind, roles = self.above[-1]
        pieces = [raw.replace(BREAK, "\n").strip()] if kind is Kind.CODE else _paragraphs(raw)
        path = "/".join(self.steps[-PATH_STEPS:])
        path = self.paths.setdefault(path, path)
        density = min(1.0, round(linked / max(1, sum(map(len, pieces))), 3)) if linked else 0.0
        for piece in pieces:
            self.blocks.append(PlacedBlock(piece, kind, path, density, roles))


def _paragraphs(raw: str) -> list[str]:
    """Text between block boundaries -> paragraphs: two line breaks divide, one does only between lines that are sentences of their own."""
    if BREAK not in raw:
        text = raw.strip()
        return [text if text.isprintable() and "  " not in text else BLANKS.sub(" ", text)] if text else []
    folded = BLANKS.sub(" ", raw)
    found: list[str] = []
    for piece in PARAGRAPH_BREAK.split(folded):
        lines = [line.strip() for line in LINE_BREAK.split(piece)]
        lines = [line for line in lines if line]
        prose = len(lines) > 1 and sum(len(line) >= LONG_LINE and ends_a_sentence(line) for line in lines) >= (len(lines) + 1) // 2
        found.extend(lines if prose else ["\n".join(lines)] if lines else [])
    return found


def segment(body: HtmlElement) -> tuple[PlacedBlock, ...]:
    """body: the element to read, usually <body>. At most MAX_BLOCKS blocks are read."""
    reader = _Reader()
    begun: list[tuple[HtmlElement, int]] = []  # elements with children that have not ended, with what each does
    walk = body.iter()
    for number, element in enumerate(walk):
        tag, has_children = element.tag, False
        act = ACTS.get(tag) or (DIVIDES if "-" in tag else 0)
        if act == HIDES:
            _pass_over(element, walk)
        else:
            text, has_children = element.text, len(element) > 0
            if act == DIVIDES:
                reader.divide(element, tag, number, is_empty=not (text or has_children))
                if len(reader.blocks) >= MAX_BLOCKS:
                    break
            elif act == LINKS:
                reader.links += 1
            elif act == SPANS and (text or has_children):
                reader.span(element, tag, number)
            elif act == BREAKS:
                reader.parts.append(BREAK)
            if text:
                reader.add(text)
        if has_children:
            begun.append((element, act))
        else:
            _end(element, act, reader, begun)
    return tuple(reader.blocks[:MAX_BLOCKS])


def _end(element: HtmlElement, act: int, reader: _Reader, begun: list[tuple[HtmlElement, int]]) -> None:
    """An element ends, and what it is the last child of ends with it. begun: what it stands in; nothing for the element that is read."""
    while True:
        if act == LINKS:
            reader.links -= 1
        elif act:
            reader.leave(element, act)
        if not begun:
            return
        if tail := element.tail:
            reader.add(tail)
        if element.getnext() is not None:
            return
        element, act = begun.pop()


def _pass_over(element: HtmlElement, walk: Iterator[HtmlElement]) -> None:
    """Step over all that an element holds. walk: in document order, just arrived at it."""
    awaited = len(element)
    while awaited:
        awaited += len(next(walk)) - 1


def _is_data_table(table: HtmlElement) -> bool:
    """Rows of cells with plain text in them, as against a table that lays out a page."""
    if next(table.iter("p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "section", "article"), None) is not None:
        return False
    if sum(1 for _ in table.iter("table")) > 1:
        return False
    rows = list(table.iter("tr"))
    widest = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows), default=0)
    return len(rows) > 1 and widest > 1
