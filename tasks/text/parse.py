"""A page's characters -> its tree of elements."""

from __future__ import annotations

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, fromstring

from tasks.errors import NotAnArticle

MAX_ELEMENTS = 200_000  # the largest of 283 news pages has 5,000
BEGINNING_CHARS = 4_096
HTML_TAG = re.compile(r"<html|<!doctype", re.IGNORECASE)
SELF_CLOSED = re.compile(r"(<html\b[^>]*?)\s*/>", re.IGNORECASE)  # the parser would believe that the page ends there
PARSER = HTMLParser(collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))  # one class: none is looked up for every element


def parse(html: str, url: str) -> HtmlElement:
    """The root. Raises NotAnArticle if there is no markup to read, or so much that it is no page."""
    beginning = SELF_CLOSED.sub(r"\1>", html[:BEGINNING_CHARS], count=1)
    whole = f"{'' if HTML_TAG.search(html) else '<html>'}{beginning}{html[BEGINNING_CHARS:]}"  # without one it is read as a fragment
    try:
        tree = fromstring(whole.encode("utf-8", "replace"), parser=PARSER)
    except (etree.ParserError, ValueError, AssertionError, RecursionError) as cause:
        raise NotAnArticle(url, "not_html", str(cause)[:200]) from cause
    if tree.xpath("count(.//*)") > MAX_ELEMENTS:
        raise NotAnArticle(url, "too_large", f"the page has more than {MAX_ELEMENTS:,} elements")
    return tree
