"""Pages of an invented publisher for its template: navigation, an article, and a box of other articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.model import Kind
from tasks.text.templates.apply import apply_template
from tasks.text.templates.learn import learn_template
from tasks.text.words import word_count
from tests.text.publisher_pages import NUMBERS, Line, document, prose, publisher

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tasks.text.templates.apply import Applied
    from tasks.text.templates.template import Template

PARAGRAPHS = 5
HEADING = "main/article.story/div.text/h2"
MENU = "body/nav/ul/li"
TEASER = "main/aside.more/div/p"
MENU_LINES = tuple(Line(text, Kind.LIST_ITEM, MENU, 1.0, inside=False) for text in ("News", "Sport", "Weather"))


def teaser(number: int) -> Line:
    """The beginning of another article, a sentence of some length."""
    town = NUMBERS[number % 12]
    told = (
        f"In {town} the ferry stayed in the harbour for the third day while the crew waited for a part from {town} and its passengers left."
    )
    return Line(told, path=TEASER, inside=False)


def note(number: int) -> Line:
    """A few words at a place that is of the article on some pages."""
    return Line(f"Correspondents of {NUMBERS[number % 12]}", path="main/article.story/div.text/div.note")


def page(number: int, *, before: Sequence[Line] = (), within: Sequence[Line] = (), after: Sequence[Line] = ()) -> tuple[Line, ...]:
    """An article among what surrounds it, with lines before, in the middle of and after it."""
    own = [prose(number, paragraph) for paragraph in range(PARAGRAPHS)]
    heading = Line(f"What {NUMBERS[number % 12]} did", Kind.HEADING, HEADING)
    return (*MENU_LINES, *before, own[0], heading, *own[1:3], *within, *own[3:], *after, teaser(number))


def learned(pages: Sequence[Sequence[Line]]) -> Template:
    """The template that these pages teach."""
    template = learn_template("paper.example", publisher(len(pages), lambda number: pages[number]))
    assert template is not None
    return template


PAGES = [page(number) for number in range(8)]
NEW = 20


def read(template: Template, lines: Sequence[Line]) -> Applied:
    """What the template makes of a page."""
    blocks = document(lines).blocks
    return apply_template(template, blocks, [word_count(block.text) for block in blocks])


def taken(template: Template, lines: Sequence[Line]) -> list[str]:
    """The lines that a template takes for the article of a page that it reads."""
    applied = read(template, lines)
    assert applied.refused is None
    return [line.text for line, inside in zip(lines, applied.matched, strict=True) if inside]


def article_of(lines: Sequence[Line]) -> list[str]:
    """The lines that are."""
    return [line.text for line in lines if line.inside]
