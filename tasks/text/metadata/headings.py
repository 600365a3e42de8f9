"""The headline as it stands on the page: its h1, or the h2 that says what another source gives as title."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tasks.model import Candidate
from tasks.text.words import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lxml.html import HtmlElement

    from tasks.text.parse import Elements

MAX_HEADINGS = 5
MAX_LEVELS = 40  # of ancestors looked at
TELLING_CHARS = 15  # a shorter end of a heading may stand elsewhere by chance
MENU = frozenset({"nav", "footer", "li"})
NOT_SHOWN = re.compile(  # in class and style: headings for search engines and screen readers alone
    r"sr-only|visually-?hidden|screen-?reader|skiptranslate|seo-?title|(?:^|\s)hidden(?:\s|$)|display:\s?none", re.IGNORECASE
)
KICKER = re.compile(r"kicker|overline|eyebrow|dachzeile|spitzmarke|roofline|title-?header|supertitle|pretitle|topline", re.IGNORECASE)
BETWEEN = " :–—|-/•·"  # stands between a label and the headline
AFTER_LABEL = " after its label"


def headings(elements: Elements, titles: Sequence[str]) -> Iterator[Candidate]:
    """Candidates for the title: every h1 first, then the h2 that agrees with one of the titles or of the h1.

    titles: what the other sources give.
    """
    known = {fold(title) for title in titles}
    found = [candidate for element in elements.of("h1")[:MAX_HEADINGS] for candidate in _of_h1(element, known)]
    yield from found
    yield from _agreeing_h2(elements, known | {fold(each.value) for each in found})


def _of_h1(element: HtmlElement, known: Collection[str]) -> Iterator[Candidate]:
    """A heading in a menu is no headline."""
    above = list(islice(element.iterancestors(), MAX_LEVELS))
    if any(each.tag in MENU for each in above):
        return
    shown = not any(NOT_SHOWN.search(f"{each.get('class') or ''} {each.get('style') or ''}") for each in (element, *above[:3]))
    yield from _with_and_without_label(element, "h1" if shown else "hidden h1", known)


def _agreeing_h2(elements: Elements, known: Collection[str]) -> Iterator[Candidate]:
    """The headline of pages whose h1 is a logo or not shown. It agrees with its label or without."""
    for element in elements.of("h2")[: MAX_HEADINGS * 4]:
        offered = tuple(_with_and_without_label(element, "h2", known))
        if any(fold(each.value) in known for each in offered):
            yield from offered
            break


def _with_and_without_label(element: HtmlElement, source: str, known: Collection[str]) -> Iterator[Candidate]:
    """A heading as it stands, and the part after its first element, where that is marked as a label or the rest is a title elsewhere."""
    whole = _text(element)
    yield Candidate("title", whole, source)
    first = next((part for part in element.iterchildren() if isinstance(part.tag, str)), None)
    label = _text(first) if first is not None else ""
    rest = whole.removeprefix(label).strip(BETWEEN) if label and whole.startswith(label) else ""
    if not rest or first is None:
        return
    if KICKER.search(first.get("class") or "") or (len(rest) >= TELLING_CHARS and fold(rest) in known):
        yield Candidate("title", rest, f"{source}{AFTER_LABEL}")


def _text(element: HtmlElement) -> str:
    """The text of an element, white space folded, a line break in it taken for a blank."""
    return " ".join("".join(each if isinstance(each, str) else " " for each in element.xpath(".//text() | .//br")).split())
