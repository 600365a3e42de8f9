"""The language of a text: what its page declares, where the text does not contradict it."""

from __future__ import annotations

import pytest

from tasks.model import Candidate
from tasks.text.language import choose_language

ENGLISH = "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull. "
GERMAN = "Die Fähre zwischen Mosswick und den Inseln fuhr am Dienstag wieder, neun Wochen nachdem Taucher einen Riss entdeckt hatten. "


@pytest.mark.parametrize(
    ("declared", "text", "chosen"),
    [
        ("en-GB", ENGLISH * 8, ("en", "html lang")),
        ("de", ENGLISH * 8, ("en", "text")),
        ("en", GERMAN * 2 + ENGLISH * 12, ("en", "html lang")),  # an article that opens with a quotation
        ("de", "Fähre fährt", ("de", "html lang")),
    ],
    ids=["agreed", "contradicted", "opens in another", "too short to tell"],
)
def test_a_declared_language_is_believed_unless_the_text_contradicts_it(declared, text, chosen):
    assert choose_language([Candidate("language", declared, "html lang")], text) == chosen


def test_a_text_without_a_declaration_speaks_for_itself():
    assert choose_language([], GERMAN * 4) == ("de", "text")
