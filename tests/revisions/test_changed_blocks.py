"""Two texts of one article, block against block."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.revisions.blocks import BlockChange, changed_blocks

ONE = "The council met on Tuesday and heard the harbour master about the old pier."
TWO = "Repairs will take until autumn, she said, and nobody disagreed with her."
THREE = "Nets were drying along the quay while children counted boats."
OTHER = "A storm has closed every road north of Fenwell since last weekend."

BLOCKS = st.lists(st.sampled_from([ONE, TWO, THREE, OTHER, "Short.", ONE + " " + TWO]), max_size=6).map("\n\n".join)


def told(before, after):
    return [(each.change, each.before, each.after) for each in changed_blocks("\n\n".join(before), "\n\n".join(after))]


def test_the_same_blocks_changed_nothing():
    assert told([ONE, TWO, TWO], [ONE, TWO, TWO]) == []


def test_a_block_in_other_form_changed_nothing():
    assert told([ONE, "\u201cYes\u201d \u2013 no"], [ONE.replace(" ", "\u00a0"), '"Yes" - no']) == []


def test_a_new_block_is_added_and_one_that_is_gone_removed():
    assert told([ONE, TWO], [ONE, OTHER, TWO]) == [("added", None, 1)]
    assert told([ONE, OTHER, TWO], [ONE, TWO]) == [("removed", 1, None)]


def test_a_block_that_stands_elsewhere_moved_and_is_not_edited():
    assert told([ONE, TWO, THREE], [TWO, THREE, ONE]) == [("moved", 0, 2)]


def test_a_block_with_most_of_its_words_is_edited_wherever_it_stands():
    edited = ONE.replace("Tuesday", "Monday evening")

    assert told([ONE, TWO, THREE], [TWO, THREE, edited]) == [("edited", 0, 2)]


def test_a_block_with_few_of_its_words_is_another_one():
    assert told([ONE, TWO], [ONE, OTHER]) == [("removed", 1, None), ("added", None, 1)]


def test_a_repeated_block_that_loses_one_of_its_places_is_removed_once():
    assert told([ONE, TWO, ONE], [ONE, TWO]) == [("removed", 2, None)]


def test_of_several_edited_blocks_each_finds_its_own():
    before = [f"{name} scored in minute {number} for Fenwell." for number, name in enumerate(("Ada", "Ben", "Cleo"), 10)]
    after = [line.replace("scored", "has scored") for line in reversed(before)]

    assert {(each.before, each.after) for each in changed_blocks("\n\n".join(before), "\n\n".join(after))} == {(0, 2), (1, 1), (2, 0)}


def test_words_are_counted_without_their_order():
    (change,) = changed_blocks("one two three four", "four two five one")

    assert (change.words_added, change.words_removed) == (1, 1)


def test_in_scripts_without_spaces_pairs_of_characters_are_compared():
    before, after = "町議会は火曜の夜に開かれ、古い桟橋について話し合った。", "町議会は火曜の夜に開かれ、新しい桟橋について話し合った。"

    assert [each.change for each in changed_blocks(before, after)] == ["edited"]


@pytest.mark.parametrize(
    ("after", "figures"),
    [
        ("Police say 14 people were hurt. Roads stay shut.", True),
        ("Police say twelve people were hurt. Roads stay shut.", True),
        ("Police say 12 people were hurt. Roads are open.", False),
        ("Police say 12 people were seriously hurt. Roads stay shut.", False),
        ("Police say 13 people were hurt, two badly. Roads stay shut.", False),
        ("police say 12 People were hurt. Roads stay shut.", False),
    ],
)
def test_figures_changed_where_a_sentence_is_the_same_but_for_them(after, figures):
    (change,) = changed_blocks("Police say 12 people were hurt. Roads stay shut.", after)

    assert (change.change, change.figures) == ("edited", figures)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Die Sitzung ist am 3. März um 10 Uhr.", "Die Sitzung ist am 4. April um 11 Uhr."),
        ("Il y a deux blessés à Valmer.", "Il y a trois blessés à Valmer."),
        ("The pier costs $5 million.", "The pier costs €6 billion."),
        ("町では三人がけがをした。", "町では五人がけがをした。"),
    ],
)
def test_dates_amounts_and_numbers_in_words_are_figures(before, after):
    (change,) = changed_blocks(before, after)

    assert change.figures


@given(BLOCKS, BLOCKS)
def test_every_block_is_accounted_for_once(before, after):
    changes = changed_blocks(before, after)
    earlier, later = before.split("\n\n"), after.split("\n\n")
    gone, come = ([getattr(each, side) for each in changes if getattr(each, side) is not None] for side in ("before", "after"))

    assert (len(gone), len(come)) == (len(set(gone)), len(set(come)))
    assert sorted(block for at, block in enumerate(earlier) if block and at not in gone) == sorted(
        block for at, block in enumerate(later) if block and at not in come
    )
    assert changed_blocks(before, after) == changes


@given(BLOCKS, BLOCKS)
def test_looked_at_from_the_other_side_what_was_added_was_removed(before, after):
    def counts(changes):
        return {kind: sum(each.change == kind for each in changes) for kind in ("added", "removed", "edited")}

    there, back = counts(changed_blocks(before, after)), counts(changed_blocks(after, before))
    assert (there["added"], there["removed"], there["edited"]) == (back["removed"], back["added"], back["edited"])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n\n".join(f"line {n}" for n in range(20_000)), "\n\n".join(f"line {n}" for n in range(20_000, 0, -1))),
        ("\n\n".join(["same words here"] * 20_000), "\n\n".join(["same words there"] * 20_000)),
        ("a " * 500_000, "b " * 500_000),
        ("\n\n".join(f"w{n} x y z" for n in range(10_000)), "\n\n".join(f"w{n} x y q" for n in range(10_000))),
    ],
    ids=["moved", "alike", "one block", "all edited"],
)
def test_hostile_lengths_take_no_more_than_seconds(before, after):
    began = time.process_time()
    changes = changed_blocks(before, after)

    assert all(isinstance(each, BlockChange) for each in changes)
    assert time.process_time() - began < 10
