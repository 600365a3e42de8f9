"""Which lines of a page trafilatura takes for its article.

Its steps are called one by one: as a whole it copies a page twice as often, looks for what hardly any page has, and reads the text of the
whole page where an estimate will do. Its expressions are answered without XPath where that can be. Only for threads of forums it is asked
as a whole. What comes out is the same.
"""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from copy import copy
from importlib import import_module
from typing import TYPE_CHECKING

import trafilatura
from lxml import etree
from trafilatura import baseline, html2txt
from trafilatura.core import ESCALATION_ACCEPT_RATIO, ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import BASIC_CLEAN_XPATH, Extractor
from trafilatura.settings import Document as ExtractedDocument
from trafilatura.xml import xmltotxt
from trafilatura.xpaths import (
    BODY_XPATH,
    DISCARD_IMAGE_ELEMENTS,
    OVERALL_DISCARD_XPATH,
    RAW_TREE_PRUNE_XPATH,
    REMOVE_COMMENTS_AND_LISTS_XPATH,
    TEASER_DISCARD_XPATH,
)

from tasks.errors import NotAnArticle
from tasks.text.attribute_paths import by_attributes
from tasks.text.parse import is_json_ld

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from tasks.text.parse import Elements

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
# fast: without its second opinions, which take in more that is not the article than they save, for half of the time, and a minute on pages
# of 200,000 elements; what it leaves out is rescued later. Never with dedup=True: that memory outlives the page and empties later ones.
OPTIONS = Extractor(output_format="python", fast=True, comments=False, dedup=False)
GREEDY = Extractor(output_format="python", fast=True, comments=False, dedup=False, recall=True)
FORUM = "DiscussionForumPosting"
# What is pruned before everything else: elements of these tags with names that hold these words, as far as expressions of trafilatura ask.
PRUNED_TAGS = ("div", "section", "aside", "details", "ol", "ul", "list")
PRUNED = (
    (re.compile("nfinite|mvp-post-add|elementor-share-buttons"), RAW_TREE_PRUNE_XPATH),
    (re.compile("omment|comol|disqus_thread|dsq-comments"), REMOVE_COMMENTS_AND_LISTS_XPATH),
)
UNCOUNTED = ("aside", "footer", "script", "style", "svg", "template")  # whose text it leaves aside when it asks how much of it was found
SPACED = (  # before and after which it counts a space
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section summary table td th tr ul"
).split()
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every page that holds no article; those become rows
EXTRACTION, PLAINEST = import_module("trafilatura.main_extractor"), import_module("trafilatura.baseline")
# Its expressions that are asked of every page, where it looks for them: module, name, its own, and how they are answered here.
EXPRESSIONS = (
    (EXTRACTION, "BODY_XPATH", BODY_XPATH, [by_attributes(each, first=True) for each in BODY_XPATH]),
    (EXTRACTION, "OVERALL_DISCARD_XPATH", OVERALL_DISCARD_XPATH, list(map(by_attributes, OVERALL_DISCARD_XPATH))),
    (EXTRACTION, "TEASER_DISCARD_XPATH", TEASER_DISCARD_XPATH, list(map(by_attributes, TEASER_DISCARD_XPATH))),
    (EXTRACTION, "DISCARD_IMAGE_ELEMENTS", DISCARD_IMAGE_ELEMENTS, list(map(by_attributes, DISCARD_IMAGE_ELEMENTS))),
    (PLAINEST, "BASIC_CLEAN_XPATH", BASIC_CLEAN_XPATH, by_attributes(BASIC_CLEAN_XPATH)),
)


def article_lines(elements: Elements, url: str | None) -> list[str]:
    """The extractor's output, a line per paragraph."""
    try:
        with _answered_by_attributes():
            text = _whole(elements.root, url) if _is_forum(elements) else _in_steps(elements.root)
    except MemoryError:
        raise
    except Exception as cause:  # an extractor may fail in any way on hostile markup, and then it loses one page, with its reason
        raise NotAnArticle(url or "", "extractor_failed", f"{type(cause).__name__}: {cause}"[:200]) from cause
    return [line for line in text.split("\n") if line.strip()]


@contextmanager
def _answered_by_attributes() -> Iterator[None]:
    """Trafilatura with another way to answer its expressions, for the moment: whoever else asks it, asks all of it."""
    try:
        for module, name, _, answered in EXPRESSIONS:
            setattr(module, name, answered)
        yield
    finally:
        for module, name, own, _ in EXPRESSIONS:
            setattr(module, name, own)


def _is_forum(elements: Elements) -> bool:
    """Whether the page may be a thread of a forum, whose comments are its text."""
    return any(is_json_ld(script) and FORUM in (script.text or "") for script in elements.of("script"))


def _whole(tree: HtmlElement, url: str | None) -> str:
    found = trafilatura.bare_extraction(tree, url=url, options=OPTIONS)
    return found.text or "" if isinstance(found, ExtractedDocument) else ""


def _in_steps(tree: HtmlElement) -> str:
    """As trafilatura itself goes on from step to step: where it finds little, it takes a page's paragraphs, then all that may be text."""
    try:
        body, text = _attempt(_pruned(tree), OPTIONS)
        if len(text) < ESCALATION_MAX_LENGTH and len(text) < max(OPTIONS.min_extracted_size, ESCALATION_PAGE_SHARE * most_text(tree)):
            body, text = _more(_pruned(tree), body, text)
    except (TypeError, ValueError):  # it would say that there is no article
        return ""
    return xmltotxt(body, OPTIONS.formatting) if text else ""


def _more(tree: HtmlElement, body: etree._Element, text: str) -> tuple[etree._Element, str]:
    """Another body and its text, where the page has much more than was found, else the same."""
    if len(text) < OPTIONS.min_extracted_size:
        plain_body, plain, _ = baseline(tree)
        body, text = (plain_body, plain) if len(plain) > len(text) else (body, text)
    if not 0 < len(text) < min(ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE * len(html2txt(tree))):
        return body, text
    try:
        all_body, everything = _attempt(tree, GREEDY)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - it may fail in any way on hostile markup, and then the first attempt stands
        return body, text
    is_more = len(everything) >= GREEDY.min_extracted_size and len(everything) > ESCALATION_ACCEPT_RATIO * len(text)
    return (all_body, everything) if is_more else (body, text)


def _attempt(tree: HtmlElement, options: Extractor) -> tuple[etree._Element, str]:
    """A body and its text. The tree is used up."""
    return extract_content(convert_tags(tree_cleaning(tree, options), options), options)


def _pruned(tree: HtmlElement) -> HtmlElement:
    """A copy of a page, without other articles and comments below its own."""
    tree = copy(tree)
    names = "\n".join([name for each in tree.iter(*PRUNED_TAGS) for name in (each.get("class"), each.get("id")) if name])
    for words, expressions in PRUNED:
        if words.search(names):
            prune_unwanted_nodes(tree, expressions)
    return tree


def most_text(tree: HtmlElement) -> int:
    """Characters that trafilatura counts on a page at most."""
    body = tree.find(".//body")
    whole = tree if body is None else body
    uncounted = sum([_chars(each) for each in whole.iter(*UNCOUNTED) if next(each.iterancestors(*UNCOUNTED), None) is None])
    return _chars(whole) - uncounted + 2 * sum(1 for _ in whole.iter(*SPACED))


def _chars(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))
