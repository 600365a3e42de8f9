"""What a page's own elements offer beside its headings: <time>, microdata and RDFa, rel=author, breadcrumbs, rel=canonical, lang."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tasks.model import Candidate
from tasks.text.metadata.authors import looks_like_a_name
from tasks.text.metadata.dates import is_update
from tasks.text.places import own_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from tasks.text.parse import Elements

AUTHOR_NAMES = ("author", "creator")
MAX_TIMES = 10
MAX_MARKED = 400
MAX_NAMES = 20
MAX_LEVELS = 40  # of ancestors looked at
LABEL_CHARS = 60  # of the words before a <time> that say what it is
ELSEWHERE = frozenset({"navigation", "footer", "related", "comments", "promo"})
AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|es|i|in)?|auteurs?|redakteure?|redaktion|journalists?|journalistes?|people|profiles?|profil|staff|writers?|"
    r"contributors?|by|byline|firmas?|reporters?|skribent|medarbejder)/[^/]",
    re.IGNORECASE,
)
MAX_URL_CHARS = 300
BREADCRUMB_TAGS = ("nav", "ol", "ul", "div", "section", "p", "span")


def of_markup(elements: Elements) -> Iterator[Candidate]:
    """Candidates by kind of element, each in document order."""
    for element in elements.of("title")[:1]:
        yield Candidate("title", element.text_content(), "title tag")
    for element in elements.of("time")[:MAX_TIMES]:
        yield from _of_time(element)
    yield from _of_marked_elements(elements)
    yield from _of_author_links(elements)
    for link in elements.of("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            yield Candidate("url", link.get("href"), "link canonical")
            break
    language = next((root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") for root in elements.of("html")), None)
    yield Candidate("language", language or "", "html lang")


def breadcrumb(elements: Elements) -> tuple[str, ...]:
    """The links of the page's breadcrumb, the front page first; empty without one."""
    trails = (
        each
        for each in elements.root.iter(*BREADCRUMB_TAGS)
        if "readcrumb" in (each.get("class") or "") or "readcrumb" in (each.get("aria-label") or "")
    )
    links = (link for found in islice(trails, 1) for link in islice(found.iter("a"), MAX_NAMES))
    return tuple(text for text in (" ".join(link.text_content().split()) for link in links) if text)


def _of_time(element: HtmlElement) -> Iterator[Candidate]:
    if _is_elsewhere(element):
        return
    names = f"{element.get('itemprop') or ''} {element.get('class') or ''}".lower()
    before = element.getprevious()
    label = (
        element.getparent().text if before is None and element.getparent() is not None else before.tail if before is not None else ""
    ) or ""
    updated = "modif" in names or "updat" in names or is_update(label[-LABEL_CHARS:]) or is_update(element.text_content())
    value = next((each for each in (element.get("datetime"), element.text_content()) if each and each.strip()), "")
    yield Candidate("modified" if updated else "published", value, "time")


def _of_marked_elements(elements: Elements) -> Iterator[Candidate]:
    """Microdata, RDFa and rel=author: of several authors only those who stand beside the first."""
    stating = (each for each in elements.every if (names := each.keys()) and ("itemprop" in names or "property" in names))
    marked = [
        (element, name) for element in islice((each for each in stating if each.tag != "meta"), MAX_MARKED) for name in _said(element)
    ]
    first_author = next((element for element, name in marked if name in AUTHOR_NAMES and not _is_elsewhere(element)), None)
    for element, name in marked:
        if name not in AUTHOR_NAMES or (first_author is not None and _beside(element, first_author)):
            yield from _of_microdata(element, name)
    signed = (element for element in elements.of("a") if (rel := element.get("rel")) and "author" in rel.lower().split())
    links = [element for element in islice(signed, MAX_MARKED) if not _is_elsewhere(element)]
    for element in links:
        if _beside(element, links[0]):
            yield Candidate("authors", element.text_content(), "rel=author")


def _of_author_links(elements: Elements) -> Iterator[Candidate]:
    """The first link to an author's page, and those beside it."""
    links = (link for link in elements.of("a") if AUTHOR_PAGE.search((link.get("href") or "")[:MAX_URL_CHARS]))
    own = [
        link for link in islice(links, MAX_NAMES) if not _is_elsewhere(link) and looks_like_a_name(" ".join(link.text_content().split()))
    ]
    for link in own:
        if _beside(link, own[0]):
            yield Candidate("authors", link.text_content(), "author link")


def _is_elsewhere(element: HtmlElement) -> bool:
    """Whether an element stands in a menu, the footer, comments or a list of other articles."""
    return any(own_role(each, each.tag) in ELSEWHERE for each in islice(element.iterancestors(), MAX_LEVELS))


def _said(element: HtmlElement) -> list[str]:
    """The property names of an element, without their prefix: "schema:datePublished" -> "datepublished"."""
    words = f"{element.get('itemprop') or ''} {element.get('property') or ''}".lower().split()
    return [word.rsplit(":", 1)[-1].rsplit("/", 1)[-1] for word in words]


def _beside(element: HtmlElement, first: HtmlElement) -> bool:
    """Whether two elements stand in the same line of the page; further names down the page belong to other articles and to readers."""
    return element.getparent() is first.getparent() or (
        element.getparent() is not None
        and first.getparent() is not None
        and element.getparent().getparent() is first.getparent().getparent()
    )


def _of_microdata(element: HtmlElement, name: str) -> Iterator[Candidate]:
    if name == "headline":
        yield Candidate("title", element.get("content") or element.text_content(), "itemprop:headline")
    elif name in ("datepublished", "datemodified"):
        value = element.get("datetime") or element.get("content") or element.text_content()
        yield Candidate("published" if name == "datepublished" else "modified", value, f"itemprop:{name}")
    elif name == "articlesection":
        yield Candidate("section", element.get("content") or element.text_content(), "itemprop:articlesection")
    elif name in AUTHOR_NAMES:
        parts = [part for part in element.iterfind(".//*[@itemprop]") if "name" in _said(part)] or [element]
        for part in parts[:MAX_NAMES]:
            yield Candidate("authors", part.get("content") or part.text_content(), "itemprop:author")
