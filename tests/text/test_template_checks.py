"""When a template is not believed: each check by one page. The extractor reads such a page as it reads any other."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tasks.model import Kind
from tasks.text.templates.template import Refusal
from tests.text.publisher_pages import BODY, Line, prose
from tests.text.template_pages import HEADING, NEW, PAGES, TEASER, learned, note, page, read, teaser

TEMPLATE = learned(PAGES)
ELSEWHERE = "main/section.new/div/p"
LONG = [prose(NEW, paragraph) for paragraph in range(5, 11)]


def refused(lines):
    return read(TEMPLATE, lines).refused


def test_a_page_like_those_it_was_learned_from_passes_all_checks():
    assert refused(page(NEW)) is None


def test_a_page_with_nothing_at_the_known_places_is_refused():
    assert refused([line for line in page(NEW) if not line.inside]) is Refusal.NOTHING


def test_far_fewer_words_than_any_article_of_the_publisher_are_refused():
    assert refused([Line("Short.", path=BODY), *(line for line in page(NEW) if not line.inside)]) is Refusal.FEW_WORDS


def test_far_more_words_than_any_article_of_the_publisher_are_refused():
    many = [replace(line, text=" ".join([line.text] * 6)) if line.inside else line for line in page(NEW)]

    assert refused(many) is Refusal.MANY_WORDS


def test_two_articles_far_apart_on_a_page_are_refused():
    between = [Line("Another ferry", Kind.LIST_ITEM, "body/nav/ul/li", 1.0) for _ in range(20)]

    assert refused([*page(NEW), *between, *page(NEW + 1)]) is Refusal.SEVERAL_BODIES


def test_headings_within_the_article_at_places_that_were_never_seen_are_refused():
    heading = Line("What happened next", Kind.HEADING, "main/div.live/div.entry/h4")

    assert refused(page(NEW, within=[heading])) is None
    assert refused(page(NEW, within=[heading, replace(heading, text="And then")])) is Refusal.UNSEEN_HEADINGS


@pytest.mark.parametrize("where", ["before", "within", "after"])
def test_prose_at_places_that_were_never_seen_is_refused(where):
    assert refused(page(NEW, **{where: [replace(line, path=ELSEWHERE) for line in LONG]})) is Refusal.UNSEEN_TEXT


def test_text_beside_the_article_at_a_place_that_is_sometimes_of_it_is_refused():
    def notes(number):
        return page(number, within=[note(number)]) if number % 2 else page(number, after=[replace(note(number), inside=False)])

    template = learned([notes(number) for number in range(8)])
    several = replace(note(NEW), text="Correspondents on the quays and in the harbour")

    assert read(template, page(NEW, after=[note(NEW)])).refused is None
    assert read(template, page(NEW, after=[several] * 3)).refused is Refusal.MIXED_TEXT


def test_more_prose_than_usual_at_places_that_are_not_of_the_article_is_refused():
    assert refused([*page(NEW), *(teaser(number) for number in range(3))]) is None
    assert refused([*page(NEW), *(teaser(number) for number in range(12))]) is Refusal.OUTSIDE_TEXT


def test_more_prose_at_one_place_that_is_not_of_the_article_than_in_it_is_refused():
    def with_teasers(number, count):
        return [*page(number), *(teaser(number + at) for at in range(1, count))]

    template = learned([with_teasers(number, 3) for number in range(8)])

    assert read(template, with_teasers(NEW, 3)).refused is None
    assert read(template, with_teasers(NEW, 6)).refused is Refusal.OUTSIDE_TEXT


def test_a_publisher_with_other_class_names_is_refused():
    renamed = [
        replace(line, path=line.path.replace("story", "post").replace("text", "copy").replace("main", "div.page")) for line in page(NEW)
    ]

    assert refused(renamed) in (Refusal.NOTHING, Refusal.UNSEEN_TEXT)


@pytest.mark.parametrize("pages", [8, 32])
def test_a_publisher_that_gives_its_class_names_another_meaning_is_refused(pages):
    meant = {BODY: TEASER, HEADING: "main/aside.more/h2", TEASER: BODY}
    lines = [*page(NEW, within=LONG), *(teaser(number) for number in range(6))]
    swapped = [replace(line, path=meant.get(line.path, line.path)) for line in lines]

    assert read(learned([page(number) for number in range(pages)]), swapped).refused is Refusal.OUTSIDE_TEXT
