"""A parsed page -> its text blocks in document order, each with its place.

Every readable character of the body ends up in exactly one block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from tasks.model import Kind
from tasks.text.places import PATH_STEPS, own_role, step
from tasks.text.words import ends_a_sentence

if TYPE_CHECKING:
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
KINDS = {f"h{n}": Kind.HEADING for n in range(1, 7)} | {
    "li": Kind.LIST_ITEM, "dd": Kind.LIST_ITEM, "dt": Kind.LIST_ITEM, "blockquote": Kind.QUOTE, "figcaption": Kind.CAPTION,
    "pre": Kind.CODE, "tr": Kind.TABLE, "caption": Kind.CAPTION,
}  # fmt: skip
BREAK = "\x1f"  # stands for <br>; no page holds one, decoding takes control characters out
BLANKS = re.compile(r"[ \t\r\n\f]+")
PARAGRAPH_BREAK = re.compile(rf" ?{BREAK}(?: ?{BREAK})+ ?")
LINE_BREAK = re.compile(rf" ?{BREAK} ?")
LONG_LINE = 60
MAX_BLOCKS = 5_000


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """A block and the elements above it that state a role, nearest last: (element's number, role)."""

    text: str
    kind: Kind
    tag: str
    dom_path: str
    link_density: float
    roles: tuple[tuple[int, str], ...]


@dataclass(slots=True)
class _Open:
    """A block-level element that is being read."""

    element: HtmlElement
    step: str
    kind: Kind | None
    role: tuple[int, str] | None
    is_row: bool = False


class _Reader:
    """Collects inline text until a block-level boundary, then closes the block."""

    def __init__(self) -> None:
        self.blocks: list[PlacedBlock] = []
        self.above: list[_Open] = []
        self.parts: list[str] = []
        self.links = 0
        self.linked_chars = 0
        self.rows_of: list[HtmlElement] = []

    def add(self, text: str | None) -> None:
        if text and (self.parts or not text.isspace()):  # a block begins with its first word
            self.parts.append(text)
            if self.links:
                self.linked_chars += len(text.strip())

    def close_block(self) -> None:
        if not self.parts:
            return
        raw, linked = "".join(self.parts), self.linked_chars
        self.parts, self.linked_chars = [], 0
        if not self.above:
            return
        kind = next((opened.kind for opened in reversed(self.above) if opened.kind), Kind.PARAGRAPH)
        pieces = [raw.replace(BREAK, "\n").strip()] if kind is Kind.CODE else list(_paragraphs(raw))
        path = "/".join(opened.step for opened in self.above[-PATH_STEPS:])
        roles = tuple(opened.role for opened in self.above if opened.role)
        density = min(1.0, round(linked / max(1, sum(map(len, pieces))), 3))
        self.blocks.extend(PlacedBlock(piece, kind, self.above[-1].element.tag, path, density, roles) for piece in pieces)


def _paragraphs(raw: str) -> list[str]:
    """Text between block boundaries -> paragraphs: two line breaks divide, one does only between lines that are sentences of their own."""
    folded = BLANKS.sub(" ", raw)
    if BREAK not in folded:
        return [text] if (text := folded.strip()) and not text.isspace() else []
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
    number = 0
    walker = etree.iterwalk(body, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                reader.add(element.tail)
            continue
        if event == "start":
            number += 1
            if tag in UNREAD:
                walker.skip_subtree()
            else:
                _enter(reader, element, tag, number)
                if len(reader.blocks) >= MAX_BLOCKS:
                    break
        else:
            _leave(reader, element, tag)
            if element is not body:
                reader.add(element.tail)
    return tuple(reader.blocks[:MAX_BLOCKS])


def _is_block(reader: _Reader, tag: str) -> bool:
    """Cells of a data table run on within their row; custom elements (with a hyphen) stand alone like a div."""
    if reader.rows_of and tag not in ("tr", "table", "caption"):
        return False
    return tag in BLOCK_TAGS or "-" in tag


def _enter(reader: _Reader, element: HtmlElement, tag: str, number: int) -> None:
    if tag == "table" and _is_data_table(element):
        reader.rows_of.append(element)
    if tag == "br":
        reader.parts.append(BREAK)
    elif tag == "a":
        reader.links += 1
    elif tag in ("td", "th") and reader.rows_of and reader.parts and not "".join(reader.parts).isspace():
        reader.parts.append(" | ")
    if _is_block(reader, tag):
        reader.close_block()
        role = own_role(element)
        reader.above.append(_Open(element, step(tag, element.get("class", "")), _kind(reader, tag), (number, role) if role else None))
    elif tag == "span" and (role := own_role(element)):
        reader.above.append(_Open(element, "", None, (number, role)))
    reader.add(element.text)


def _kind(reader: _Reader, tag: str) -> Kind | None:
    """A row is one only in a table of data; in a table that lays out a page, text is text."""
    return None if tag == "tr" and not reader.rows_of else KINDS.get(tag)


def _leave(reader: _Reader, element: HtmlElement, tag: str) -> None:
    if tag in UNREAD:
        return
    if reader.above and reader.above[-1].element is element:
        if tag != "span":
            reader.close_block()
        reader.above.pop()
    if tag == "a" and reader.links:
        reader.links -= 1
    if reader.rows_of and reader.rows_of[-1] is element:
        reader.rows_of.pop()


def _is_data_table(table: HtmlElement) -> bool:
    """Rows of cells with plain text in them, as against a table that lays out a page."""
    if next(table.iter("p", "div", "h1", "h2", "h3", "h4", "ul", "ol", "section", "article"), None) is not None:
        return False
    if sum(1 for _ in table.iter("table")) > 1:
        return False
    rows = list(table.iter("tr"))
    widest = max((sum(1 for cell in row if cell.tag in ("td", "th")) for row in rows), default=0)
    return len(rows) > 1 and widest > 1
