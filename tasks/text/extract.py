"""A page's characters -> a Document: its blocks, which of them trafilatura takes for the article, and what its metadata offers.

One parse, shared.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, NamedTuple

from htmldate import find_date
from lxml import etree

from tasks.errors import NotAnArticle
from tasks.model import Block, Candidate, Document, Kind
from tasks.text.align import align
from tasks.text.article_lines import EXTRACTOR, article_lines
from tasks.text.metadata.candidates import collect
from tasks.text.metadata.choose_date import choose_date
from tasks.text.parse import Elements, is_json_ld, parse
from tasks.text.segment import MAX_BLOCKS, PlacedBlock, segment
from tasks.text.signs import signs
from tasks.text.templates.apply import apply_template
from tasks.text.templates.measures import agreement
from tasks.text.templates.template import Outcome, TemplateUse
from tasks.text.walls import refuse_walls
from tasks.text.words import word_count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from lxml.html import HtmlElement

    from tasks.model import Entry
    from tasks.text.templates.template import Template

WIDE_SHARE = 0.3  # an element that holds more of the article than this says nothing about a single block in it
UNACCOUNTED_SHARE = 0.2
FIELDS = frozenset({"caption", "credit", "byline", "time", "standfirst", "correction"})  # roles of blocks that go to fields
STRIPPED = tuple("style svg canvas map object embed datalist img source track".split())
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


class _Marked(NamedTuple):
    """The blocks of a page, each marked as of the article or not. words: of each block. template_use: as in Document."""

    blocks: tuple[Block, ...]
    words: tuple[int, ...]
    flags: tuple[str, ...]
    template_use: TemplateUse | None


def read_page(
    html: str,
    *,
    url: str | None,
    entry: Entry | None = None,
    fetched_at: datetime | None = None,
    template: Template | None = None,
    audited: bool = False,
) -> Document:
    """Read a page. Raises NotAnArticle if nothing in it can be read.

    url: where it was found, for its relative links. entry: what the feed said about it, a source of metadata like any other.
    fetched_at: when; no date is believed that is later. template: asked instead of the extractor, which reads the page where a check
    refuses. audited: the extractor is asked too, to compare, and changes nothing.
    """
    elements = parse(html, url or "")
    tree = elements.root
    body = tree.find("body")
    candidates = collect(elements, url=url, entry=entry)
    if choose_date(candidates, url=None, fetched_at=fetched_at) is None:
        candidates = (*candidates, *_guessed_date(tree, url))
    etree.strip_elements(tree, *STRIPPED, with_tail=False)
    placed = segment(tree if body is None else body)
    marked = _marked(elements, placed, url, template, audited=audited)
    walls = refuse_walls(signs(elements, marked.blocks, marked.words, candidates, url=url, entry=entry), marked.blocks)
    if not any(block.in_article for block in marked.blocks):
        raise NotAnArticle(url or "", "no_text", "nothing on the page reads like an article")
    is_by_template = marked.template_use is not None and marked.template_use.outcome is Outcome.USED
    extractor = template.template_id if template and is_by_template else EXTRACTOR
    return Document(url, None, marked.blocks, candidates, extractor, (*marked.flags, *walls), fetched_at, marked.template_use, marked.words)


def _take_out_programs(elements: Elements) -> None:
    """Take scripts and other elements for programs out of the page, except JSON-LD, which the extractor reads.

    The elements themselves stay as they are for whoever holds one.
    """
    etree.strip_elements(elements.root, "link", "meta", "noscript", with_tail=False)
    for script in elements.of("script"):
        if not is_json_ld(script):
            script.drop_tree()


def _guessed_date(tree: HtmlElement, url: str | None) -> list[Candidate]:
    """The day that htmldate makes out from the page's markup where nothing states one.

    The extensive search, which guesses from any text, is wrong too often.
    """
    try:
        found = find_date(tree, url=url, original_date=True, extensive_search=False)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it may fail in any way on hostile markup, and then the page has no such date
        return []
    return [Candidate("published", found, "htmldate")] if found else []


def _marked(elements: Elements, placed: Sequence[PlacedBlock], url: str | None, template: Template | None, *, audited: bool) -> _Marked:
    """The blocks as the template marks them, if there is one that may be believed, else as the extractor does."""
    if template is None:
        return _extracted(elements, placed, url)
    counts = tuple([word_count(block.text) for block in placed])
    matched, refused = apply_template(template, placed, counts)
    if refused:
        return _extracted(elements, placed, url, TemplateUse(template.template_id, Outcome.REFUSED, refused))
    agreed = _agreement(elements, placed, url, matched) if audited else None
    use = TemplateUse(template.template_id, Outcome.USED, agreement=agreed)
    return _Marked(_blocks(placed, matched), counts, tuple(_cut(placed)), use)


def _agreement(elements: Elements, placed: Sequence[PlacedBlock], url: str | None, matched: Sequence[bool]) -> float:
    """F1 of a template's reading of a page against the extractor's, 0 where the extractor fails. Blocks that go to fields do not count."""
    try:
        extracted = _extracted(elements, placed, url)
    except NotAnArticle:
        return 0.0
    text = [block.position for block in extracted.blocks if block.kind is not Kind.CAPTION and block.role not in FIELDS]
    theirs = [extracted.blocks[at].in_article for at in text]
    return agreement([matched[at] for at in text], theirs, [extracted.words[at] for at in text])


def _extracted(elements: Elements, placed: Sequence[PlacedBlock], url: str | None, use: TemplateUse | None = None) -> _Marked:
    """The blocks as the extractor marks them. use: what became of the publisher's template."""
    _take_out_programs(elements)
    alignment = align([block.text for block in placed], article_lines(elements, url))
    flags = _cut(placed)
    if alignment.unmatched_words > UNACCOUNTED_SHARE * alignment.output_words:
        flags.append("extractor_text_not_on_page")
    return _Marked(_blocks(placed, alignment.matched), alignment.words, tuple(flags), use)


def _cut(placed: Sequence[PlacedBlock]) -> list[str]:
    return ["blocks_cut"] if len(placed) >= MAX_BLOCKS else []


def _blocks(placed: Sequence[PlacedBlock], matched: Sequence[bool]) -> tuple[Block, ...]:
    wide = _wide_elements(placed, matched)
    return tuple(
        Block(number, block.text, block.kind, block.dom_path, block.link_density, _role(block, wide), in_article=inside)
        for number, (block, inside) in enumerate(zip(placed, matched, strict=True))
    )


def _wide_elements(placed: Sequence[PlacedBlock], matched: Sequence[bool]) -> frozenset[int]:
    """Numbers of the elements that hold too much of the article for their role to say anything of a block."""
    held: dict[int, int] = {}
    total = 0
    for block, inside in zip(placed, matched, strict=True):
        if inside:
            total += len(block.text)
            for element, _ in block.roles:
                held[element] = held.get(element, 0) + len(block.text)
    return frozenset(element for element, chars in held.items() if chars > WIDE_SHARE * total)


def _role(block: PlacedBlock, wide: frozenset[int]) -> str | None:
    """That of the nearest element above the block that is not wide."""
    role = next((role for element, role in reversed(block.roles) if element not in wide), None) if block.roles else None
    return "caption" if block.kind is Kind.CAPTION and role is None else role
