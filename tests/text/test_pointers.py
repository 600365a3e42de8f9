"""Lines that only link to other articles, in the middle of the text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tasks.model import Action, Block, Document, Kind
from tasks.text.decide import decide
from tasks.text.rules import builtin_rules

PROSE = (
    "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull.",
    "Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January.",
)


def rule_of(line, density, *, kind=Kind.PARAGRAPH, around=PROSE):
    """The rule that takes a line between two others, or None."""
    lines = ((around[0], Kind.PARAGRAPH, 0.0), (line, kind, density), (around[1], Kind.PARAGRAPH, 0.0))
    blocks = tuple(Block(at, text, kind, "article/p", links) for at, (text, kind, links) in enumerate(lines))
    verdicts, _ = decide(Document(None, None, blocks, ()), title=None, rules=builtin_rules())
    return verdicts[1].rule_id if verdicts[1].action is Action.REMOVED else None


@pytest.mark.parametrize(
    ("line", "density"),
    [
        ("HARBOUR BOARD ASKS FOR A SECOND FERRY", 1.0),
        ("Why do the islands have no bridge?", 1.0),
        ("OUR ADVICE: how to cross when the ferry is out", 0.7),
        ("Dazu passend | Der lange Weg zur Insel", 0.6),
        ("港からの便り：島の橋はいつできるのか", 0.8),
    ],
    ids=["headline", "question", "lead-in and link", "lead-in and link, with a bar", "in Japanese"],
)
def test_a_line_between_paragraphs_that_only_links_to_another_article_goes(line, density):
    assert rule_of(line, density) == "linked-line"


@pytest.mark.parametrize(
    ("line", "density"),
    [
        ("The board published its letter to the islanders on Monday.", 1.0),
        ("The board wrote: the ferry will sail by Tuesday at the latest.", 0.5),
        ("Harbour board letter", 1.0),
        ("One thing is certain: nobody will cross tonight", 0.1),
        ("A second inspection of the hull would follow in June, as the board had said all along", 0.4),
    ],
    ids=["linked sentence", "lead-in and linked sentence", "short", "colon and no link", "little of it linked"],
)
def test_a_line_that_says_something_itself_stays(line, density):
    assert rule_of(line, density) is None


@pytest.mark.parametrize("kind", [Kind.HEADING, Kind.LIST_ITEM, Kind.QUOTE, Kind.TABLE, Kind.CODE])
def test_only_a_paragraph_of_its_own_is_such_a_line(kind):
    assert rule_of("Why do the islands have no bridge?", 1.0, kind=kind) is None


def test_among_other_links_a_link_is_the_text():
    assert rule_of("Why do the islands have no bridge?", 1.0, around=("A list of the ten best ferries", PROSE[1])) is None


def rule_of_box(*texts, times=1, place="article/div.box"):
    """The rule that takes a box of a linked headline and paragraphs between two others, or None."""
    headline, *below = texts
    lead, end = (Block(0, text, Kind.PARAGRAPH, "article/p") for text in PROSE)
    blocks = [lead]
    for number in range(times):
        blocks.append(Block(0, headline, Kind.HEADING, f"{place}{number}/h3", 1.0))
        blocks.extend(Block(0, text, Kind.PARAGRAPH, f"{place}{number}/p") for text in below)
    placed = tuple(replace(block, position=at) for at, block in enumerate((*blocks, end)))
    verdicts, _ = decide(Document(None, None, placed, ()), title=None, rules=builtin_rules())
    return verdicts[1].rule_id if verdicts[1].action is Action.REMOVED else None


LINKED = "Why do the islands have no bridge?"


def test_a_box_of_a_linked_headline_and_its_standfirst_leads_to_another_article():
    assert rule_of_box(LINKED, "The islanders have asked for one since 1931") == "linked-card"


@pytest.mark.parametrize(
    ("texts", "times"),
    [((LINKED, *PROSE), 1), ((LINKED, "The islanders have asked for one since 1931"), 2), (("Bridge", PROSE[0]), 1)],
    ids=["it holds a text", "a list of things", "a label"],
)
def test_a_linked_headline_over_text_stays(texts, times):
    assert rule_of_box(*texts, times=times) is None
