"""Texts of one publisher are told apart by cheaper hashes that say the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.text.learning.masks import hashes_to_compare, masked_hash, masked_opening
from tests.text.publisher_pages import prose

PIECES = [
    "8", "pm",
    "8:30 pm", "11 a.m.", "p.m", "7", "May", "mai", "montag-freitag", "3月", "（水曜日）", "The", "the", "ferry", "“the”", "l’été",
    "\u00ad", "\u200b", "\u00a8", "\u0301", "…", "ﬁ", "`", "_", "-", "ΣΑΣ", "١٢", "am.", "0",
]  # fmt: skip
BLANKS = [" ", "\n", "\u00a0", "\u3000", ""]
pieces = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(BLANKS)), max_size=40)
lines = pieces.map(lambda found: "".join(piece + blank for piece, blank in found))
LATE = "9 " + "8 pm " * 7 + "ferry"


@settings(deadline=None, max_examples=300)
@given(st.lists(lines, max_size=8), lines, st.sampled_from(PIECES), st.sampled_from(PIECES))
@example([LATE, LATE.replace("8 pm", "11 a.m.")], "", "8", "7")
@example(["\u200b " * 20 + "the ferry", "The ferry"], "", "8", "7")
def test_texts_have_one_hash_where_they_are_masked_alike_and_only_there(texts, begun, one, other):
    texts = [*texts, begun, begun + " " + one, begun + " " + other, begun.upper(), begun.replace("8", "12")]
    hashes = hashes_to_compare(texts)

    assert all((hashes[a] == hashes[b]) == (masked_hash(a) == masked_hash(b)) for a in texts for b in texts)


@settings(deadline=None, max_examples=300)
@given(lines)
def test_the_opening_of_a_text_does_not_depend_on_how_it_goes_on(text):
    assert masked_opening(text + " ferry" * 20) == masked_opening(text + " ferry" * 20 + " 8 pm in May, ١٢…")


@pytest.mark.parametrize("text", ["Into the Weirboard", "Last change at 08:09 GMT, 5 April 2026"])
def test_what_recurs_has_its_masked_hash(text):
    later = text.replace("08:09", "22:15")

    assert hashes_to_compare([text, prose(1, 1).text, later])[text] == masked_hash(text)
    assert hashes_to_compare([text, text])[text] == masked_hash(text)
