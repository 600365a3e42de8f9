"""The analysts' page says how much evidence learning asks for, and it asks for that much."""

from __future__ import annotations

import pytest

from tasks.text.learning import evidence, obey, places, publisher, texts
from tests.docs.fenced import ANALYSTS, rows

HEADING = "What is learned of a publisher"
PAGE = " ".join(ANALYSTS.read_text(encoding="utf-8").split(f"## {HEADING}\n")[1].split("\n## ")[0].split())


def said(threshold: evidence.Threshold) -> str:
    return f"{threshold.support} and {threshold.share:.0%}".replace("%", " %")


def row_of(rule: str) -> str:
    return next(" ".join(row) for row in rows(ANALYSTS, HEADING) if rule in row[0])


@pytest.mark.parametrize(
    ("rule", "promise"),
    [
        ("learned-edge-", f"a label {said(texts.LABEL_AT_EDGE)}, or {texts.LABEL_AT_EDGE.enough}"),
        ("learned-edge-", f"a sentence {said(texts.SENTENCE_AT_EDGE)}"),
        ("learned-text-", f"in a box beside the paragraphs {said(texts.BESIDE_BODY)}"),
        ("learned-text-", f"between them {said(texts.WITHIN_BODY)} on {texts.WITHIN_BODY.days} days"),
        ("learned-place-", f"{places.GONE_OTHERS:.0%} of all lines, or {places.GONE_LINKS:.0%} of all links".replace("%", " %")),
        ("learned-place-", said(places.FURNITURE)),
    ],
)
def test_a_learned_rule_asks_for_as_much_as_the_page_says(rule, promise):
    assert promise in row_of(rule)


def test_the_page_names_the_other_bounds_of_learning():
    assert f"newest {publisher.NEWEST}" in PAGE
    assert f"at least {evidence.MIN_GAP}." in PAGE
    assert obey.CEILING == 0.5
    assert "more than half of its words" in PAGE
