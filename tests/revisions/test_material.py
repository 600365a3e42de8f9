"""What of a text is material, and what is not."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tasks.revisions.material import material, material_hash

SAME = [
    ("two  words\n\nmore", "two words more"),
    ("un mot\u202f!", "un mot !"),
    ("\u00abmot\u00bb", "\u00ab mot \u00bb"),
    ("\u201eWort\u201c", '"Wort"'),
    ("\u2018word\u2019", "'word'"),
    ("\u201cword\u201d", "'word'"),
    ("``word''", '"word"'),
    ("\u300c\u8a9e\u300d", '"\u8a9e"'),
    ("1990\u20132000", "1990-2000"),
    ("so \u2014 it", "so -- it"),
    ("wait\u2026", "wait..."),
    ("Schiff\u00adfahrt", "Schifffahrt"),
    ("zero\u200bwidth\ufeff", "zerowidth"),
    ("u\u0308ber", "\u00fcber"),
    ("\ufb01nance", "finance"),
    ("\uff11\uff12 \uff21", "12 A"),
    ("10\u00a0000", "10 000"),
]
OTHER = [
    ("It", "it"),
    ("resume", "r\u00e9sum\u00e9"),
    ("12 dead", "13 dead"),
    ("10\u00b2", "102"),
    ("1\u00bd", "112"),
    ("a freed man", 'a "freed" man'),
    ("It ended.", "It ended!"),
    ("$5", "\u20ac5"),
    ("-5", "5"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_form_is_not_material(one, other):
    assert material(one) == material(other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_letters_figures_and_signs_are_material(one, other):
    assert material(one) != material(other)


@given(st.text(st.characters(exclude_categories=["Sk", "Cs"])))
@example("\u0339 \u0334")
@example("a\u0339 \u00b2\u0334 \u0339")
def test_the_form_of_a_form_is_itself(text):
    assert material(material(text)) == material(text)


@given(st.text(), st.text(), st.lists(st.text(), max_size=2))
def test_a_hash_does_not_mix_headline_text_and_notices(title, text, notices):
    assert material_hash(title, text, notices) != material_hash(title, text, [*notices, "x"])
    assert material_hash(title, text + "x", notices) != material_hash(title + "x", text, notices)


def test_no_headline_is_an_empty_one():
    assert material_hash(None, "text", []) == material_hash("", "text", ())
