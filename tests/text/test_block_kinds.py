"""What markup makes of a block."""

from __future__ import annotations

import pytest

from tasks.model import Action, Kind
from tasks.text.article import make_article
from tasks.text.job import PageJob

LEAD = "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull."
END = "Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January."


def blocks_of(markup):
    """(kind, text) of the blocks between two paragraphs of an article, and those of them that are in its text."""
    page = f"<html><body><main><article><h1>Ferry sails</h1><p>{LEAD}</p>{markup}<p>{END}</p></article></main></body></html>"
    article = make_article(PageJob(page.encode(), "text/html", None, None, 60))
    blocks, verdicts = article.document.blocks[2:-1], article.verdicts[2:-1]
    kept = [block.text for block, verdict in zip(blocks, verdicts, strict=True) if verdict.action is Action.KEPT]
    return [(block.kind, block.text) for block in blocks], kept


NESTED = "<ul><li>Adults<ul><li>Day ticket</li><li><p>Week ticket, sold on board</p></li></ul></li><li>Children</li></ul>"
FARES = "<tr><th>Who</th><th>Crowns</th></tr><tr><th>Adults</th><td>40</td></tr><tr><td>Children</td><td>20</td></tr>"
ITEM, ROW = Kind.LIST_ITEM, Kind.TABLE


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<h2>What it costs</h2>", [(Kind.HEADING, "What it costs")]),
        (NESTED, [(ITEM, "Adults"), (ITEM, "Day ticket"), (ITEM, "Week ticket, sold on board"), (ITEM, "Children")]),
        ("<dl><dt>Berth</dt><dd>Where a ship lies.</dd></dl>", [(ITEM, "Berth"), (ITEM, "Where a ship lies.")]),
        ("<blockquote><p>It was a long winter.</p></blockquote>", [(Kind.QUOTE, "It was a long winter.")]),
        (f"<table>{FARES}</table>", [(ROW, "Who | Crowns"), (ROW, "Adults | 40"), (ROW, "Children | 20")]),
        ("<pre><code>sail(\n    at=8)</code></pre>", [(Kind.CODE, "sail(\n    at=8)")]),
    ],
    ids=["heading", "nested list", "definitions", "quotation", "table with header cells", "code"],
)
def test_what_markup_states_is_the_kind_and_stays_in_the_text(markup, blocks):
    found, kept = blocks_of(markup)

    assert found == blocks
    assert kept == [text for _, text in blocks]


def test_who_said_a_quotation_is_part_of_it():
    found, _ = blocks_of("<blockquote><p>It was a long winter.</p><footer>Ann Lee, <cite>harbour master</cite></footer></blockquote>")

    assert found == [(Kind.QUOTE, "It was a long winter."), (Kind.QUOTE, "Ann Lee, harbour master")]


@pytest.mark.parametrize(
    "markup", ["<figure><img src=a><figcaption>{}</figcaption></figure>", f"<table><caption>{{}}</caption>{FARES}</table>"]
)
def test_a_line_under_a_picture_and_over_a_table_is_a_caption(markup):
    found, _ = blocks_of(markup.format("The ferry at its berth"))

    assert found[0] == (Kind.CAPTION, "The ferry at its berth")


@pytest.mark.parametrize("code", ["&#31;", "&#x1F;", "&#0001", "&#xffff;"])
def test_a_control_code_that_a_page_writes_as_a_number_is_not_there(code):
    found, _ = blocks_of(f"<p>Berth 4{code}, the old harbour</p>")

    assert found == [(Kind.PARAGRAPH, "Berth 4, the old harbour")]


def test_other_characters_that_a_page_writes_as_numbers_are_read():
    found, _ = blocks_of("<p>Berth&#32;4&#44; the&#9;old harbour&#x2019;s&#311; end &#; &#1234567</p>")

    assert found == [(Kind.PARAGRAPH, "Berth 4, the old harbour\u2019s\u0137 end &#; \ufffd")]
