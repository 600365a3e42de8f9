"""Which lines of a page trafilatura takes for its article.

Its first attempt is put together here from its own steps: as a whole it copies the page twice as often, looks for what hardly any page has,
and measures all of a page's text. It is asked as a whole where it might go on to further attempts, or the page is a thread of a forum.
"""

from __future__ import annotations

import logging
import re
from copy import copy
from typing import TYPE_CHECKING

import trafilatura
from lxml import etree
from trafilatura.core import ESCALATION_MAX_LENGTH, ESCALATION_PAGE_SHARE
from trafilatura.htmlprocessing import convert_tags, prune_unwanted_nodes, tree_cleaning
from trafilatura.main_extractor import extract_content
from trafilatura.settings import Document as ExtractedDocument
from trafilatura.settings import Extractor
from trafilatura.xml import xmltotxt
from trafilatura.xpaths import RAW_TREE_PRUNE_XPATH, REMOVE_COMMENTS_AND_LISTS_XPATH

from tasks.errors import NotAnArticle
from tasks.text.parse import is_json_ld

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from tasks.text.parse import Elements

EXTRACTOR = f"trafilatura {trafilatura.__version__}"
# fast: without its second opinions, which take in more that is not the article than they save, for half of the time, and a minute on pages
# of 200,000 elements; what it leaves out is rescued later. Never with dedup=True: that memory outlives the page and empties later ones.
OPTIONS = Extractor(output_format="python", fast=True, comments=False, dedup=False)
FORUM = "DiscussionForumPosting"
# What is pruned before everything else: elements of these tags with names that hold these words, as far as expressions of trafilatura ask.
PRUNED_TAGS = ("div", "section", "aside", "details", "ol", "ul", "list")
PRUNED = (
    (re.compile("nfinite|mvp-post-add|elementor-share-buttons"), RAW_TREE_PRUNE_XPATH),
    (re.compile("omment|comol|disqus_thread|dsq-comments"), REMOVE_COMMENTS_AND_LISTS_XPATH),
)
# Of the text of a page these are not counted when it is asked how much of it was found; around each of those a space may be put in.
UNCOUNTED = ("aside", "footer", "script", "style", "svg", "template")
IN_UNCOUNTED = " or ".join(f"ancestor::{tag}" for tag in UNCOUNTED)
OUTERMOST_UNCOUNTED = etree.XPath(" | ".join(f".//{tag}[not({IN_UNCOUNTED})]" for tag in UNCOUNTED))
SPACED = (
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre "
    "section summary table td th tr ul"
).split()
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs every page that holds no article; those become rows


def article_lines(elements: Elements, url: str | None) -> list[str]:
    """The extractor's output, a line per paragraph."""
    try:
        text = _first_attempt(elements)
        if text is None:
            found = trafilatura.bare_extraction(elements.root, url=url, options=OPTIONS)
            text = found.text or "" if isinstance(found, ExtractedDocument) else ""
    except MemoryError:
        raise
    except Exception as cause:  # an extractor may fail in any way on hostile markup, and then it loses one page, with its reason
        raise NotAnArticle(url or "", "extractor_failed", f"{type(cause).__name__}: {cause}"[:200]) from cause
    return [line for line in text.split("\n") if line.strip()]


def _first_attempt(elements: Elements) -> str | None:
    """None: trafilatura as a whole might find something else, or refuse the page."""
    if any(is_json_ld(script) and FORUM in (script.text or "") for script in elements.of("script")):
        return None
    tree = copy(elements.root)
    names = "\n".join([name for each in tree.iter(*PRUNED_TAGS) for name in (each.get("class"), each.get("id")) if name])
    for words, expressions in PRUNED:
        if words.search(names):
            prune_unwanted_nodes(tree, expressions)
    try:
        body, text = extract_content(convert_tags(tree_cleaning(tree, OPTIONS), OPTIONS), OPTIONS)
    except (TypeError, ValueError):
        return None
    if len(text) < ESCALATION_MAX_LENGTH and (
        len(text) < OPTIONS.min_extracted_size or len(text) < ESCALATION_PAGE_SHARE * most_text(elements.root)
    ):
        return None
    return xmltotxt(body, OPTIONS.formatting)


def most_text(tree: HtmlElement) -> int:
    """Characters that trafilatura counts on a page at most."""
    body = tree.find(".//body")
    whole = tree if body is None else body
    uncounted = sum([_chars(element) for element in OUTERMOST_UNCOUNTED(whole)])
    return _chars(whole) - uncounted + 2 * sum(1 for _ in whole.iter(*SPACED))


def _chars(element: HtmlElement) -> int:
    return len(" ".join(element.text_content().split()))
