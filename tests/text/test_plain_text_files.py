"""Text files of one article: the same rules without any markup to lean on."""

from __future__ import annotations

import html
import textwrap
from datetime import date
from pathlib import Path

import pytest

from tasks.errors import NotAnArticle
from tasks.model import Action, Article
from tasks.text.article import make_article
from tasks.text.clean import clean
from tasks.text.job import PageJob
from tasks.text.plaintext import read_text

SEED = Path(__file__).with_name("seed_article.txt").read_text(encoding="utf-8")
LINES = [line.strip() for line in SEED.splitlines() if line.strip()]
HEADLINE = "Russian military withdraws from Syria amid tensions with Damascus regime"
PARAGRAPHS = LINES[4:-2]


def read(text, content_type="text/plain; charset=utf-8"):
    article = make_article(PageJob(text.encode(), content_type, None, None, 60))
    assert isinstance(article, Article), article
    return article


def fate(article):
    return [
        (verdict.action, verdict.field or verdict.rule_id, block.text)
        for block, verdict in zip(article.document.blocks, article.verdicts, strict=True)
    ]


def test_the_fifteen_paragraphs_come_out_in_order_and_to_the_letter():
    assert len(PARAGRAPHS) == 15
    assert read(SEED).text == "\n\n".join(PARAGRAPHS)


def test_every_other_line_is_in_the_ledger_with_its_fate():
    assert [each for each in fate(read(SEED)) if each[0] is not Action.KEPT] == [
        (Action.MOVED, "title", HEADLINE),
        (Action.REMOVED, "headline-repeat", HEADLINE),
        (Action.MOVED, "captions", LINES[2]),
        (Action.MOVED, "authors", "By bnm Gulf bureau January 30, 2025"),
        (Action.REMOVED, "edge-label", "News"),
        (Action.REMOVED, "edge-label", "Dismiss"),
    ]


def test_the_fields_hold_what_stood_above_the_text():
    article = read(SEED)

    assert article.title == HEADLINE
    assert article.captions == ("Russian military withdraws from Syria amid tensions with new regime in Damascus.",)
    assert article.credits == ("bne IntelliNews",)
    assert article.authors == ("bnm Gulf bureau",)
    assert article.language == "en"


def test_the_day_in_a_byline_is_a_day_and_no_instant():
    published = read(SEED).published

    assert (published.on, published.at, published.precision, published.source) == (date(2025, 1, 30), None, "day", "byline")


@pytest.mark.parametrize("opening", ["<p>", "<div><p>", "<p><span>"])
def test_a_page_with_the_same_lines_gives_the_same_article(opening):
    closing = "".join(f"</{tag.strip('<')}>" for tag in reversed(opening.split(">")[:-1]))
    page = "".join(f"{opening}{html.escape(line)}{closing}\n" for line in LINES)
    article = read(f"<html><head><title>{HEADLINE}</title></head><body><article>{page}</article></body></html>", "text/html")

    assert article.text == "\n\n".join(PARAGRAPHS)
    assert (article.title, article.authors, article.credits) == (HEADLINE, ("bnm Gulf bureau",), ("bne IntelliNews",))
    assert article.published.on == date(2025, 1, 30)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_will_do(ending):
    assert read(SEED.replace("\n", ending)).text == read(SEED).text


@pytest.mark.parametrize("width", [60, 72, 80])
def test_a_file_wrapped_at_a_fixed_width_has_its_paragraphs_joined(width):
    wrapped = "\n\n".join(textwrap.fill(paragraph, width, break_on_hyphens=False) for paragraph in [HEADLINE, *PARAGRAPHS])

    assert read(wrapped).text.split("\n\n") == PARAGRAPHS


def test_short_lines_of_their_own_are_not_joined():
    poem = "\n".join(["The tide is out", "The boats lie down", "And nobody walks", "The streets of the town"] * 6)

    assert [block.text for block in read_text(poem, url=None).blocks] == poem.splitlines()


def test_a_file_of_labels_is_no_article():
    with pytest.raises(NotAnArticle) as caught:
        clean(read_text("News\n\nDismiss\n", url=None))

    assert caught.value.reason == "too_short"


def test_an_empty_file_is_no_article():
    with pytest.raises(NotAnArticle) as caught:
        read_text(" \n\t\n", url=None)

    assert caught.value.reason == "no_text"


def test_the_first_line_is_no_headline_if_it_is_a_sentence():
    document = read_text("It rained all day.\nNobody went out.\n", url=None)

    assert document.title is None
    assert len(document.blocks) == 2
