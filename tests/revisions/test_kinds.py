"""What kind of change a revision is."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from tasks.revisions.kinds import change_between
from warehouse.stored import StoredWording

LONG = " ".join(f"word{n}" for n in range(40))
TEXT = f"Twelve boats left the harbour on Monday.\n\n{LONG}\n\nNobody was hurt, the harbour master said."
BEFORE = StoredWording(UUID(int=1), "before", "Boats leave harbour", TEXT, ())


def kinds(**changes):
    return change_between(BEFORE, replace(BEFORE, **changes)).kinds


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"title": "Fleet leaves harbour"}, ("headline",)),
        ({"title": "Boats  leave harbour"}, ("minor",)),
        ({"text": TEXT.replace("Twelve", "Ten")}, ("figures",)),
        ({"text": TEXT.replace("on Monday", "on Tuesday")}, ("figures",)),
        ({"corrections": ("Correction: there were ten.",)}, ("correction",)),
        ({"text": TEXT.replace("\n\n" + LONG, "")}, ("deletion",)),
        ({"text": TEXT.replace(LONG, LONG[: len(LONG) * 3 // 4])}, ("minor",)),
        ({"text": TEXT + "\n\nMore boats are expected tonight."}, ("addition",)),
        ({"text": TEXT + " " + " ".join(f"new{n}" for n in range(12))}, ("addition",)),
        ({"text": TEXT.replace("harbour master", "master")}, ("minor",)),
    ],
)
def test_a_change_is_of_its_kind(changes, expected):
    assert kinds(**changes) == expected


def test_of_several_kinds_the_gravest_comes_first():
    found = kinds(
        title="Ten boats left", text=TEXT.replace("Twelve", "Ten") + "\n\nMore tonight.", corrections=("Correction: there were ten.",)
    )

    assert found == ("correction", "figures", "headline", "addition")


def test_figures_of_a_headline_count():
    before, after = replace(BEFORE, title="Storm kills 3 in Fenwell"), replace(BEFORE, title="Storm kills 5 in Fenwell")

    assert change_between(before, after).kinds == ("figures", "headline")


def test_a_correction_notice_that_stood_there_before_is_not_new():
    before, after = (replace(BEFORE, corrections=("Correction: it was \u201ctwo\u201d.",), text=text) for text in (TEXT, TEXT + " Yes."))

    assert change_between(before, after).corrections_added == ()


def test_a_paragraph_that_only_moved_is_no_deletion():
    parts = TEXT.split("\n\n")

    assert kinds(text="\n\n".join([parts[1], parts[0], parts[2]])) == ("minor",)


def test_paragraphs_that_are_drawn_together_lose_nothing():
    assert "deletion" not in kinds(text=TEXT.replace("\n\n", " "))
