"""Labels at the end of an article that no rule lists."""

from __future__ import annotations

import pytest

from tasks.model import Action, Block, Candidate, Document, Kind
from tasks.text.decide import decide
from tasks.text.knowledge import Knowledge
from tasks.text.learning.masks import masked_hash
from tasks.text.rules import builtin_rules

PROSE = (
    "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull.",
    "Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January.",
    "The harbour board said the repair had cost 1.4 million crowns, and that a second inspection would follow in June.",
)


def rule_of_last(line, *, above=PROSE, kind=Kind.PARAGRAPH, authors=()):
    """The rule that takes a line below others, or None."""
    lines = [*((text, Kind.PARAGRAPH) for text in above), (line, kind)]
    blocks = tuple(Block(at, text, kind, "article/p") for at, (text, kind) in enumerate(lines))
    candidates = tuple(Candidate("authors", name, "json-ld") for name in authors)
    verdicts, _ = decide(Document(None, None, blocks, candidates), title=None, rules=builtin_rules())
    return verdicts[-1].rule_id if verdicts[-1].action is Action.REMOVED else None


@pytest.mark.parametrize("line", ["Quaywire", "Quaywire corner", "Into the Quaywire", "Quaywire ›", "灯台だより", "Из гавани"])
def test_bare_words_under_prose_that_never_uses_them_go(line):
    assert rule_of_last(line) == "tail-label"


@pytest.mark.parametrize(
    "line",
    [
        "Ann Lee", "Ana de la Cruz", "山田太郎", "علي حسن", "dpa", "AFP", "jk", "Keystone/SDA", "— Reuters", "IN-Redaktion/am",
        "The End", "Ende", "完",
        "Mosswick", "Harbour",
        "It rained.", "Never again!", "2:1", "14 March", "“Never again”", "Ferry, harbour, gate", "Photo: Ann Lee", "a pinch of salt",
        "Two boats and a helicopter",
    ],
)  # fmt: skip
def test_names_signs_formulas_figures_quotes_and_lists_stay(line):
    assert rule_of_last(line) is None


@pytest.mark.parametrize("kind", [Kind.QUOTE, Kind.TABLE, Kind.CODE, Kind.CAPTION])
def test_a_quote_a_row_code_or_a_caption_is_no_label(kind):
    assert rule_of_last("Quaywire", kind=kind) is None


@pytest.mark.parametrize(
    "above",
    [
        PROSE[:2],
        (*PROSE, "Row her in"),
        (*PROSE, "Row her in", "O row her in, my brothers and sisters of the winter harbour and of the long grey quay."),
        (*PROSE, "Ingredients for four people, to be had at the quay on any Friday of the season"),
    ],
    ids=["little prose", "a short line above it", "verse", "a line above it that is no sentence"],
)
def test_under_anything_but_prose_bare_words_are_text(above):
    assert rule_of_last("Quaywire", above=above) is None


def test_a_list_of_one_is_no_list():
    assert rule_of_last("Quaywire", kind=Kind.LIST_ITEM) == "tail-label"


def test_the_last_item_of_a_list_stays():
    lines = [*((text, Kind.PARAGRAPH) for text in PROSE), ("Lanternwire", Kind.LIST_ITEM), ("Quaywire", Kind.LIST_ITEM)]
    blocks = tuple(Block(at, text, kind, "article/p") for at, (text, kind) in enumerate(lines))
    verdicts, _ = decide(Document(None, None, blocks, ()), title=None, rules=builtin_rules())

    assert {verdict.action for verdict in verdicts} == {Action.KEPT}


def test_an_authors_name_is_no_label():
    assert rule_of_last("Quayle", authors=("Ann Quayle",)) is None


LISTED = ("News", "Dismiss")


def kept_lines(lines, knowledge):
    blocks = tuple(Block(at, line, Kind.PARAGRAPH) for at, line in enumerate(lines))
    verdicts, _ = decide(Document(None, None, blocks, ()), title=None, rules=builtin_rules(), knowledge=knowledge)
    return [line for line, verdict in zip(lines, verdicts, strict=True) if verdict.action is Action.KEPT]


@pytest.mark.parametrize("lines", [(*PROSE, *LISTED), (*LISTED, *PROSE)])
def test_labels_at_an_end_go_one_after_the_other(lines):
    assert kept_lines(lines, Knowledge()) == list(PROSE)


@pytest.mark.parametrize(("lines", "outermost"), [((*PROSE, *LISTED), "Dismiss"), ((*LISTED, *PROSE), "News")])
def test_behind_a_label_that_people_want_kept_nothing_is_peeled_off(lines, outermost):
    assert kept_lines(lines, Knowledge(restored=frozenset({masked_hash(outermost)}))) == list(lines)


def test_a_label_under_one_whose_rule_is_switched_off_stays_too():
    lines = (*PROSE, "Estelaposta", "Dismiss")

    assert kept_lines(lines, Knowledge()) == list(PROSE)
    assert kept_lines(lines, Knowledge(disabled=frozenset({"edge-label"}))) == list(lines)
