"""What markup makes of a block."""

from __future__ import annotations

import pytest

from tasks.model import Action, Kind
from tasks.text.article import make_article, make_document
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


def sentence(chars):
    return ("ferry " * chars)[: chars - 1] + "."


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("One line.<br>Another.", ["One line.\nAnother."]),
        ("One line.<br><br>Another.", ["One line.", "Another."]),
        (f"{sentence(60)}<br>{sentence(61)}", [sentence(60), sentence(61)]),
        (f"{sentence(60)}<br>{sentence(59)}<br>Short.", [f"{sentence(60)}\n{sentence(59)}\nShort."]),
        (f"{sentence(60)}<br>Short.", [sentence(60), "Short."]),
    ],
)
def test_two_line_breaks_end_a_paragraph_and_one_does_where_at_least_half_of_the_lines_are_sentences_of_sixty_characters(markup, texts):
    found, _ = blocks_of(f"<p>{markup}</p>")

    assert [text for _, text in found] == texts


@pytest.mark.parametrize("rows", ["<tr><td>Adults</td><td>40</td></tr>", "<tr><td>Adults</td></tr><tr><td>40</td></tr>"])
def test_a_table_of_one_row_or_column_lays_out_a_page(rows):
    found, _ = blocks_of(f"<table>{rows}</table>")

    assert found == [(Kind.PARAGRAPH, "Adults"), (Kind.PARAGRAPH, "40")]


MENU = "<nav><ul>" + "<li>Ferry" * 4_999 + "</ul></nav>"
PARAGRAPHS = [f"<p>{LEAD.replace('Tuesday', f'day {number}')}</p>" for number in range(10)]
STORY = f"<article>{''.join(PARAGRAPHS)}</article>"


@pytest.mark.parametrize(
    ("body", "flags"),
    [(STORY + MENU, ("blocks_cut",)), (MENU + STORY, ("blocks_cut", "extractor_text_not_on_page"))],
    ids=["article first", "article last"],
)
def test_five_thousand_blocks_of_a_page_are_read_and_an_article_that_stands_beyond_them_is_told(body, flags):
    document = make_document(PageJob(f"<html><body>{body}</body></html>".encode(), "text/html", None, None, 60))

    assert (len(document.blocks), document.flags) == (5_000, flags)


@pytest.mark.parametrize(("paragraphs", "role"), [(3, "paywall"), (4, None)])
def test_what_holds_more_than_three_tenths_of_the_article_gives_no_block_a_role(paragraphs, role):
    box = f"<div class=regwall>{''.join(PARAGRAPHS[:paragraphs])}</div>"
    page = f"<html><body><article>{box}{''.join(PARAGRAPHS[paragraphs:])}</article></body></html>"
    document = make_document(PageJob(page.encode(), "text/html", None, None, 60))

    assert all(block.in_article for block in document.blocks)
    assert document.blocks[0].role == role


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
