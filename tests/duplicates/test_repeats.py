"""Paragraphs that stand twice in one article."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.duplicates.repeats import Paragraph, Repeat, find_repeats

LONG = "The ferry between Mosswick and the outer islands sailed again on Tuesday, nine weeks after divers found a crack in its hull."
OTHER = "Islanders had depended on two fishing boats and a helicopter that flew only in good weather since the middle of January."
WORDS = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(400)]

lines = st.lists(st.sampled_from(WORDS[:12]), min_size=1, max_size=30).map(" ".join)
paragraphs = st.lists(st.builds(Paragraph, lines, st.booleans()), max_size=14)


def repeats(*texts):
    return find_repeats([text if isinstance(text, Paragraph) else Paragraph(text) for text in texts])


def test_of_two_equal_paragraphs_the_first_stays():
    assert repeats(LONG, OTHER, LONG) == (Repeat(2, 0, exact=True),)


def test_quotes_dashes_case_and_blanks_make_no_difference():
    assert repeats(f"“{LONG}” – she said", f'"{LONG.upper()}"  -  she said') == (Repeat(1, 0, exact=True),)


def test_of_two_nearly_equal_paragraphs_the_fuller_stays():
    assert repeats(LONG, OTHER, f"{LONG} Again") == (Repeat(0, 2, exact=False),)


@pytest.mark.parametrize(("changed", "found"), [((20,), (Repeat(1, 0, exact=False),)), ((10, 30), ())])
def test_of_forty_words_one_may_differ_where_every_word_stands_once(changed, found):
    again = [f"new{word}" if at in changed else word for at, word in enumerate(WORDS[:40])]

    assert repeats(" ".join(WORDS[:40]), OTHER, LONG) == ()
    assert repeats(" ".join(WORDS[:40]), " ".join(again)) == found


@pytest.mark.parametrize("longer", [f"{LONG} {OTHER}", f"{OTHER} {LONG}", f"Good news! {LONG} {OTHER}"])
@pytest.mark.parametrize("order", [1, -1])
def test_whole_sentences_that_a_longer_paragraph_says_again_go(longer, order):
    gone, kept = (0, 1) if order == 1 else (1, 0)

    assert repeats(*(LONG, longer)[::order]) == (Repeat(gone, kept, exact=False),)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    "said",
    [
        f"“{LONG}” The harbour board said so in a letter to everyone who lives on the islands.",
        f"The harbour board said in a letter to everyone who lives on the islands that {LONG}",
    ],
    ids=["sentence", "part of a sentence"],
)
def test_a_pull_quote_goes_wherever_it_stands(order, said):
    pulled = Paragraph(LONG, aside=True)
    said = Paragraph(said)
    gone, kept = (0, 1) if order == 1 else (1, 0)

    assert repeats(*(pulled, said)[::order]) == (Repeat(gone, kept, exact=False),)


@pytest.mark.parametrize(
    "texts",
    [
        ("Row her in, boys, row her in", "Row her in, boys, row her in"),
        ("はい、そう思います。今もです。", "はい、そう思います。今もです。"),
        (
            "Harbour Athletic 2, Eschtal Rovers 1 after extra time and penalties",
            "Harbour Athletic 2, Eschtal Rovers 3 after extra time and penalties",
        ),
        (LONG, f"He read it out: “{LONG}” {OTHER}"),
        (LONG, f"In short, {LONG} {OTHER}"),
        (LONG.removesuffix("."), f"{LONG.removesuffix('.')} of the old sort. {OTHER}"),
        (LONG, OTHER),
    ],
    ids=["refrain", "answer", "scores", "quoted in a longer paragraph", "half of a sentence", "begins another sentence", "different"],
)
def test_what_only_looks_like_a_repeat_stays(texts):
    assert repeats(*texts) == ()


def test_five_thousand_paragraphs_that_share_their_words_are_compared_in_time():
    began = time.process_time()
    found = repeats(
        *(f"the harbour board of the island said on Tuesday that {number} ferries of the board sailed" for number in range(5_000))
    )

    assert found == ()
    assert time.process_time() - began < 10


@given(paragraphs)
def test_what_a_repeat_repeats_is_never_gone_itself(drawn):
    found = find_repeats(drawn)
    gone = {repeat.index for repeat in found}

    assert len(gone) == len(found)
    assert all(repeat.of not in gone for repeat in found)


@given(paragraphs)
def test_once_repeats_are_gone_none_are_left(drawn):
    gone = {repeat.index for repeat in find_repeats(drawn)}

    assert find_repeats([paragraph for at, paragraph in enumerate(drawn) if at not in gone and not paragraph.aside]) == ()


@given(st.integers(0, 2**32), st.lists(st.booleans(), max_size=12))
def test_paragraphs_that_share_words_and_no_sentence_all_stay(seed, asides):
    rng = random.Random(seed)  # noqa: S311 - words, no secret
    drawn = [Paragraph(" ".join(rng.sample(WORDS, 20)), aside) for aside in asides]

    assert find_repeats(drawn) == ()
