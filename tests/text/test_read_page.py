"""Pages at the limits of what can be read."""

from __future__ import annotations

import time

import pytest

from tasks.errors import NotAnArticle, StageError
from tasks.model import Article
from tasks.text.article import make_article
from tasks.text.extract import read_page
from tasks.text.job import PageJob
from tasks.text.parse import MAX_ELEMENTS
from tasks.text.words import word_count

TEXT = (
    "<p>The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull.</p>"
    "<p>Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January.</p>"
    "<p>The harbour board said the repair had cost 1.4 million crowns, and that a second inspection would follow in June.</p>"
)


def read(page, content_type="text/html"):
    return make_article(PageJob(page.encode(), content_type, None, None, 60))


@pytest.mark.parametrize(
    "opening",
    [
        "<!DOCTYPE html>",
        "<html>",
        "<html lang=en />\n<head><title>Ferry</title></head>",
        "<title>Ferry</title>",
        "<article>",
        "<?xml version='1.0' encoding='utf-8'?><html>",
        "<!-- a --><HTML>",
        "<!-- a --><body>",
    ],
)
def test_a_page_may_begin_in_any_way_that_browsers_read(opening):
    assert read(opening + TEXT).text.count("\n\n") == 2


@pytest.mark.parametrize(
    ("page", "content_type", "reason"),
    [
        ("", "text/html", "no_text"),
        (" \n", None, "no_text"),
        ("%PDF-1.7 <<", "application/pdf", "not_html"),
        ("<html><body></body></html>", "text/html", "no_text"),
        ("<html><body><p>Just a moment...</p></body></html>", "text/html", "too_short"),
        ("<html><body>" + "<b></b>" * (MAX_ELEMENTS + 1) + TEXT, "text/html", "too_large"),
        (
            "<html><body><article>"
            + "".join(f"<p><a href=/{n}>Bridge {n} is closed and ferry {n + 1} sails again on Tuesday</a></p>" for n in range(9)),
            "text/html",
            "links_only",
        ),
    ],
    ids=["empty", "blank", "pdf", "no text", "a few words", "too many elements", "links"],
)
def test_what_is_no_article_is_refused_with_its_reason(page, content_type, reason):
    refused = read(page, content_type)

    assert isinstance(refused, NotAnArticle)
    assert refused.reason == reason


def test_a_page_of_very_many_elements_is_read_in_time():
    many = MAX_ELEMENTS // 4
    began = time.process_time()
    found = read(f"<html><body><article>{TEXT}</article>{'<br>' * many}{'line<br>' * many}</body></html>")

    assert isinstance(found, Article | StageError)
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "unit", ["By Ann and ", "(/", ". / Photo ", "Senior ", "1.[", "| ", "! (photo", "January ", "\u00a0", "x", "，", "© "]
)
def test_a_line_of_a_hundred_thousand_characters_is_read_in_time(unit):
    line = (unit * 100_000)[:100_000]
    began = time.process_time()
    head = f"<html><head><title>{line}</title></head><body><article><h1>{line}</h1>"
    found = read(f"{head}<p class=byline>{line}</p><figcaption>{line}</figcaption>{TEXT}<p>{line}</p></article>")

    assert isinstance(found, Article | StageError)
    assert time.process_time() - began < 10


@pytest.mark.parametrize("tag", ["div", "span", "b", "ul", "blockquote", "table"])
def test_elements_five_thousand_deep_are_read_or_refused(tag):
    assert isinstance(read(f"<html><body>{TEXT}{f'<{tag}>' * 5_000}deep{f'</{tag}>' * 5_000}</body></html>"), Article | StageError)


def test_positions_count_from_zero_and_every_block_says_where_it_stood():
    document = read_page(f"<html><body><main><article class='story x1'>{TEXT}</article></main></body></html>", url=None)

    assert [block.position for block in document.blocks] == [0, 1, 2]
    assert {block.dom_path for block in document.blocks} == {"body/main/article.story/p"}


def test_words_are_counted_as_they_are_written():
    turkish = "<p>İstanbul ve İzmir arasındaki vapur İnönü iskelesinden salı günü yeniden sefere çıktı.</p>"
    document = read_page(f"<html><body><nav>Home</nav><article>{TEXT}{turkish}</article></body></html>", url=None)

    assert document.words == tuple(word_count(block.text) for block in document.blocks)
