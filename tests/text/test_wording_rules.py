"""Each wording rule takes what it is for, in every language, and nothing that merely looks like it."""

from __future__ import annotations

import re
import time
import tomllib

import pytest

from tasks.model import Action, Block, Document, Kind
from tasks.text.decide import decide
from tasks.text.rules import PHRASES, builtin_rules
from tasks.text.words import fold, label, word_count

LANGUAGES = set("any en de fr es it pt nl pl ru uk ar zh ja ko tr sv".split())
RULES = builtin_rules().phrases
ROWS = [row for path in sorted(PHRASES.glob("*.toml")) for row in tomllib.loads(path.read_text("utf-8"))["rule"]]
PROSE = (
    "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull.",
    "Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January.",
    "The harbour board said the repair had cost 1.4 million crowns, and that a second inspection would follow in June.",
)
MIN_OPENING_CHARS = 3
ids = [rule.rule.rule_id for rule in RULES]


def rule_of(line, where, *, kind=Kind.PARAGRAPH):
    """The rule that takes a line above, between or below paragraphs of prose, or None."""
    at = {"head": 0, "tail": 3, "edge": 3, "anywhere": 1}[where]
    lines = [(text, Kind.PARAGRAPH) for text in PROSE]
    lines.insert(at, (line, kind))
    blocks = tuple(Block(at, text, kind, "article/p") for at, (text, kind) in enumerate(lines))
    verdicts, _ = decide(Document(None, None, blocks, ()), title=None, rules=builtin_rules())
    assert all(verdict.action is Action.KEPT for verdict, (text, _) in zip(verdicts, lines, strict=True) if text in PROSE)
    return verdicts[at].rule_id


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_takes_its_example(rule):
    assert rule_of(rule.rule.example, rule.where) == rule.rule.rule_id


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_keeps_what_only_looks_like_it(rule):
    assert {line: rule_of(line, rule.where) for line in rule.keeps} == dict.fromkeys(rule.keeps)


@pytest.mark.parametrize("rule", RULES, ids=ids)
def test_a_rule_says_what_it_does_and_knows_two_near_misses_or_more(rule):
    assert rule.rule.reason
    assert rule.rule.version >= 1
    assert len(rule.keeps) >= 2


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_every_phrase_of_every_language_is_taken_by_its_rule(row):
    rule = next(rule for rule in RULES if rule.rule.rule_id == row["id"])
    phrases = [phrase for table in ("whole", "opens") for language in row.get(table, {}).values() for phrase in language]

    assert [phrase for phrase in phrases if not rule.takes(fold(phrase), label(phrase), word_count(phrase))] == []


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_an_opening_is_too_long_to_open_other_words(row):
    """Compatibility folding shortens some signs to a letter, which would open half a language."""
    openings = [phrase for language in row.get("opens", {}).values() for phrase in language]

    assert [phrase for phrase in openings if len(fold(phrase)) < (2 if fold(phrase)[-1] >= "\u0600" else MIN_OPENING_CHARS)] == []


def test_the_languages_are_the_ones_that_the_readme_names():
    named = {code for row in ROWS for table in ("whole", "opens", "patterns", "made_of") for code in row.get(table, {})}
    readme = (PHRASES / "README.md").read_text("utf-8")

    assert named == LANGUAGES
    assert all(f"`{code}`" in readme for code in LANGUAGES)


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.pattern], ids=lambda rule: rule.rule.rule_id)
@pytest.mark.parametrize("unit", ["a", "a ", "ann is ", "is a ", "1 ", "12:", "home > ", "@a.", "a@a.a ", "#a", "follow ", "the reporter "])
def test_no_pattern_takes_long_over_hostile_text(rule, unit):
    text = (unit * 600)[:600]
    began = time.process_time()
    rule.takes(fold(text), label(text), 1)

    assert time.process_time() - began < 0.5


def test_rule_ids_are_unique_and_speak_for_themselves():
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", rule_id) for rule_id in ids)


def test_items_of_a_list_that_a_line_announces_are_text_whatever_they_say():
    lines = [(PROSE[0], Kind.PARAGRAPH), ("The networks that it uses most:", Kind.PARAGRAPH)]
    lines += [(name, Kind.LIST_ITEM) for name in ("Facebook", "WhatsApp", "Telegram")]
    blocks = tuple(Block(at, text, kind, "article/p") for at, (text, kind) in enumerate(lines))
    verdicts, _ = decide(Document(None, None, blocks, ()), title=None, rules=builtin_rules())

    assert {verdict.action for verdict in verdicts} == {Action.KEPT}
