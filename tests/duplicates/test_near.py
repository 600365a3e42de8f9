"""Near-duplicates say the same word for word in good part; two reports on one event do not."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tasks.duplicates.near import nearness
from tasks.duplicates.pairs import pair_rows, shingles_of
from tasks.duplicates.shingles import sample, shingles
from tests.warehouse.warehouse_samples import NOON, RUN_ID
from warehouse.stored import StoredText

WORDS = st.lists(st.sampled_from("ab cd ef gh ij kl mn op qr st".split()), min_size=0, max_size=300).map(" ".join)


def prose(seed, count, alphabet="bcdfghklmnprst"):
    """So many words that no other seed has in the same order."""
    random = Random(seed)  # noqa: S311 - the same each time
    return ["".join(random.choice(alphabet) + random.choice("aeiou") for _ in range(3)) for _ in range(count)]


def compared(a, b):
    one, other = shingles(" ".join(a)), shingles(" ".join(b))
    return nearness(len(one & other), len(one), len(other))


def test_case_punctuation_and_line_breaks_make_no_difference():
    assert shingles("The Ferry, late again, left at NOON.") == shingles("the ferry late again\n\nleft “at noon”")


def test_an_agency_lead_with_another_end_is_a_near_duplicate():
    found = compared(prose(1, 300), prose(1, 150) + prose(2, 150))

    assert found.is_near
    assert (round(found.contained_a, 1), round(found.contained_b, 1)) == (0.5, 0.5)


def test_an_excerpt_is_wholly_contained_in_what_it_was_taken_from():
    whole = prose(1, 600)
    found = compared(whole, whole[100:200])

    assert found.is_near
    assert found.contained_b == 1.0
    assert found.contained_a < 0.2 > found.similarity


def test_reports_that_quote_the_same_statement_are_no_near_duplicates():
    statement = prose(0, 60)

    assert not compared(prose(1, 240) + statement, prose(2, 240) + statement).is_near


def test_short_lines_agree_by_chance_and_are_no_near_duplicates():
    assert not compared(prose(1, 15), prose(1, 15)).is_near


def test_text_without_spaces_is_compared_by_its_characters():
    sentence = "港の古い倉庫が来年の春に図書館として生まれ変わることになり町は工事の費用を三年に分けて支払うと発表した"
    other = "町議会は昨夜の会議で小学校の給食費を引き上げる案を否決し代わりに予備費から不足分を補うことで一致した"

    assert compared([sentence], ["速報", sentence]).is_near
    assert not compared([sentence], [other]).is_near


@given(WORDS, WORDS)
def test_comparing_is_the_same_in_both_directions(one, other):
    there, back = compared([one], [other]), compared([other], [one])

    assert there == replace(back, contained_a=back.contained_b, contained_b=back.contained_a)
    assert 0.0 <= there.similarity <= min(there.contained_a, there.contained_b) <= 1.0


@given(st.integers(1, 2_000), st.integers(0, 9))
def test_a_sample_is_a_function_of_the_set_and_stays_small(count, seed):
    hashes = [Random(f"{seed}/{each}").getrandbits(64) for each in range(count)]  # noqa: S311 - the same each time
    shuffled = Random(seed).sample(hashes, count)  # noqa: S311 - any order

    assert sample(frozenset(hashes)) == sample(frozenset(shuffled))
    assert len(sample(frozenset(hashes))) <= max(120, count // 5)


def test_what_a_short_text_shares_with_a_long_one_is_in_both_samples():
    whole = prose(1, 4_000)
    long, short = (set(sample(shingles(" ".join(words)))) for words in (whole, whole[1_000:1_300]))

    assert len(long & short) >= 20


def test_a_pair_is_one_row_whichever_text_came_first():
    keys = [(UUID(int=each), "hash") for each in (1, 2, 3)]
    texts = [prose(1, 100), prose(1, 90), prose(2, 100)]
    hashes = shingles_of(StoredText(*key, NOON.date(), " ".join(words)) for key, words in zip(keys, texts, strict=True))
    forwards = [(keys[0], keys[1]), (keys[1], keys[2]), (keys[0], keys[2])]

    rows = pair_rows(forwards, hashes, run_id=RUN_ID, now=NOON)
    assert rows == pair_rows([*forwards, *((b, a) for a, b in forwards)], hashes, run_id=RUN_ID, now=NOON)
    assert [(row.article_a, row.article_b) for row in rows] == [(keys[0][0], keys[1][0])]


def test_what_many_texts_share_is_counted_as_if_they_were_two():
    """Front matter that all share, and an agency report that every third one carries."""
    keys = [(UUID(int=each), "hash") for each in range(30)]
    texts = [prose(0, 30) + prose(each + 2, 100) + (prose(1, 80) if each % 3 == 0 else []) for each in range(30)]
    hashes = shingles_of(StoredText(*key, NOON.date(), " ".join(words)) for key, words in zip(keys, texts, strict=True))
    everyone = [(a, b) for a in keys for b in keys if a < b]
    by_itself = [row for pair in everyone for row in pair_rows([pair], hashes, run_id=RUN_ID, now=NOON)]

    assert pair_rows(everyone, hashes, run_id=RUN_ID, now=NOON) == tuple(by_itself)
    assert len(by_itself) == 45
