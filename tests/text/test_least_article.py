"""What is too little to be an article, and what rules may take of one: to the word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tasks.errors import NotAnArticle
from tasks.model import Kind
from tasks.text.clean import clean
from tests.text.publisher_pages import Line, document

WORDS = [
    f"{first}{second}" for first in ("bri", "do", "fa", "gu", "le", "mo", "pa", "ru") for second in ("dge", "ck", "ren", "lf", "ver", "nt")
]


def line(words, start=0, *, ends=True, link=0.0, role=None):
    """A line of so many words, other ones for each start."""
    text = " ".join(WORDS[(start + 7 * at) % len(WORDS)] + chr(97 + (start + at) % 26) for at in range(words))
    return Line(text.capitalize() + ("." if ends else ""), link=link, role=role)


def refused(*lines):
    try:
        clean(document(lines))
    except NotAnArticle as refusal:
        return refusal.reason
    return None


@pytest.mark.parametrize(("words", "reason"), [(19, "too_short"), (20, None)])
def test_an_article_has_twenty_words(words, reason):
    assert refused(line(words)) == reason


@pytest.mark.parametrize(("words", "reason"), [(7, "no_prose"), (8, None)])
def test_less_than_forty_words_are_an_article_where_one_of_them_is_a_sentence_of_eight(words, reason):
    labels = [line(5, start, ends=False) for start in (10, 20, 30, 40)]

    assert refused(*labels[:2], line(words), *labels[2:]) == reason


@pytest.mark.parametrize(("last", "reason"), [(4, "no_prose"), (5, None)])
def test_forty_words_need_no_sentence(last, reason):
    assert refused(*(line(5, 10 * start, ends=False) for start in range(7)), line(last, 90, ends=False)) == reason


@pytest.mark.parametrize(("linked", "reason"), [(70, None), (71, "links_only")])
def test_at_most_seven_tenths_of_an_article_are_links(linked, reason):
    assert refused(line(100 - linked), line(linked, 20, link=0.9)) == reason


@pytest.mark.parametrize(("promoted", "is_held"), [(60, False), (61, True)])
def test_rules_that_would_take_more_than_six_tenths_of_what_the_extractor_found_take_nothing(promoted, is_held):
    promotions = [line(20, 10, role="promo"), line(20, 20, role="promo"), line(promoted - 40, 30, role="promo")]
    own = [line(20, 50), line(80 - promoted, 60)]
    article = clean(document([own[0], *promotions, own[1]]))

    assert article.word_count == (100 if is_held else 100 - promoted)
    assert ("ceiling_reached" in article.flags) is is_held


def test_a_heading_that_is_the_headline_goes_also_where_rules_would_take_too_much():
    title = "The ferry sails again"
    heading = Line(f"{title} | The Gazette", Kind.HEADING)
    promotions = [line(20, start, role="promo") for start in (10, 20, 30)]
    article = clean(replace(document([heading, line(20, 50), *promotions]), title=title))

    assert "ceiling_reached" in article.flags
    assert (article.word_count, title in article.text) == (80, False)
