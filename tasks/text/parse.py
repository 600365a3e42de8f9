"""A page's characters -> its tree of elements."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring

from tasks.errors import NotAnArticle

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_ELEMENTS = 200_000  # the largest of 283 news pages has 5,000
BEGINNING_CHARS = 4_096
HTML_TAG = re.compile(r"<html|<!doctype", re.IGNORECASE)
SELF_CLOSED = re.compile(r"(<html\b[^>]*)/>", re.IGNORECASE)  # the parser would believe that the page ends there
# A reference to a control code or to what Unicode says is no character: decode.py takes out those that stand themselves, and the extractor
# fails on one.
CODE = re.compile(rb"&#(?i:0*(?:[1-8]|1[124-9]|2\d|3[01]|127|6553[45])(?!\d)|x0*(?:[1-8bcef]|1[\da-f]|7f|fff[ef])(?![\da-f]));?")
PARSER = HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))  # one class: none is looked up for every element


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a page, root first, in document order: gathered in one walk, since each walk of the tree for a tag costs as much."""

    every: Sequence[HtmlElement]
    by_tag: Mapping[str, Sequence[HtmlElement]]

    @property
    def root(self) -> HtmlElement:
        """The element that holds all others."""
        return self.every[0]

    def of(self, tag: str) -> Sequence[HtmlElement]:
        """The elements of one tag."""
        return self.by_tag.get(tag, ())


def is_json_ld(script: HtmlElement) -> bool:
    """Whether a script holds data instead of a program."""
    return "ld+json" in (script.get("type") or "").lower()


def parse(html: str, url: str) -> Elements:
    """Raises NotAnArticle if there is no markup to read, or so much that it is no page."""
    if found := SELF_CLOSED.search(html, 0, BEGINNING_CHARS):
        html = f"{html[: found.start()]}{found[1]}>{html[found.end() :]}"
    if not HTML_TAG.search(html):  # it would be read as a fragment
        html = f"<html>{html}"
    try:
        tree = fromstring(CODE.sub(b"", html.encode("utf-8", "replace")), parser=PARSER)
    except (etree.ParserError, ValueError, AssertionError, RecursionError) as cause:
        raise NotAnArticle(url, "not_html", str(cause)[:200]) from cause
    every = list(islice(tree.iter(), MAX_ELEMENTS + 1))
    if len(every) > MAX_ELEMENTS:
        raise NotAnArticle(url, "too_large", f"the page has more than {MAX_ELEMENTS:,} elements")
    by_tag = defaultdict[str, list[HtmlElement]](list)
    for element in every:
        by_tag[element.tag].append(element)
    return Elements(every, by_tag)
