"""How much a template may leave in doubt before it is not believed: each bound, to the word and to the block."""

from __future__ import annotations

import pytest

from tasks.model import Block, Kind
from tasks.text.templates.checks import Proposal, refusal
from tasks.text.templates.template import Bounds, Decision, Refusal, TemplatePlace

BOUNDS = Bounds(pages=8, fewest_words=100, most_words=200, widest_gap=10)
ARTICLE = TemplatePlace("main/p", 800, 0, Decision.INSIDE)
DOUBTFUL = TemplatePlace("main/div", 80, 80, Decision.MIXED)
BESIDE = TemplatePlace("aside/p", 0, 80, Decision.OUTSIDE)
CROWDED = TemplatePlace("aside/div/p", 0, 8_000, Decision.OUTSIDE)


def paragraph(words, place=ARTICLE, kind=Kind.PARAGRAPH, link=0.0, *, ends=True):
    """(a block of so many words, what is known of its place, whether it is taken: all that is at places of the article)"""
    text = " ".join(["word"] * words) + ("." if ends else "")
    return Block(0, text, kind, place.place if place else "new/p", link, None, in_article=False), place, place is ARTICLE


def taken_at_a_new_place(words):
    block, place, _ = paragraph(words, None)
    return block, place, True


LINK = paragraph(1, BESIDE, Kind.LIST_ITEM, 1.0)
HEADING = paragraph(4, None, Kind.HEADING, ends=False)


def refused(*page, bounds=BOUNDS):
    blocks, places, marked = zip(*page, strict=True)
    return refusal(bounds, Proposal(blocks, [len(block.text.split()) for block in blocks], places, marked))


@pytest.mark.parametrize(("words", "expected"), [(24, Refusal.FEW_WORDS), (25, None), (800, None), (801, Refusal.MANY_WORDS)], ids=str)
def test_an_article_has_a_quarter_of_the_fewest_words_to_four_times_the_most(words, expected):
    assert refused(paragraph(words)) is expected


@pytest.mark.parametrize(
    ("seen", "links", "expected"), [(10, 20, None), (10, 21, Refusal.SEVERAL_BODIES), (0, 15, None), (0, 16, Refusal.SEVERAL_BODIES)]
)
def test_the_parts_of_an_article_are_fifteen_blocks_apart_or_twice_as_far_as_was_seen(seen, links, expected):
    assert refused(paragraph(50), *[LINK] * links, paragraph(50), bounds=BOUNDS._replace(widest_gap=seen)) is expected


@pytest.mark.parametrize(("before", "after", "expected"), [(14, 86, None), (15, 85, Refusal.SEVERAL_BODIES), (86, 14, None)])
def test_less_than_fifteen_percent_of_an_article_is_no_part_of_it(before, after, expected):
    assert refused(paragraph(before), *[LINK] * 30, paragraph(after)) is expected


def test_headings_at_new_places_count_within_the_article_alone():
    assert refused(HEADING, HEADING, paragraph(100), HEADING, HEADING) is None
    assert refused(paragraph(50), HEADING, HEADING, paragraph(50)) is Refusal.UNSEEN_HEADINGS


@pytest.mark.parametrize(("links", "expected"), [(14, Refusal.UNSEEN_TEXT), (15, None)])
def test_no_prose_stands_at_a_new_place_shortly_before_the_article(links, expected):
    assert refused(paragraph(20, None), *[LINK] * links, paragraph(100)) is expected


@pytest.mark.parametrize(("words", "expected"), [(20, None), (21, Refusal.UNSEEN_TEXT)])
def test_prose_at_new_places_after_the_article_has_at_most_a_fifth_of_its_words(words, expected):
    assert refused(paragraph(100), paragraph(words, None)) is expected


@pytest.mark.parametrize(("words", "expected"), [(10, None), (11, Refusal.UNSEEN_TEXT)])
def test_what_is_taken_at_new_places_is_at_most_a_tenth_of_the_article(words, expected):
    assert refused(paragraph(50), taken_at_a_new_place(words), paragraph(50 - words)) is expected


@pytest.mark.parametrize(("blocks", "expected"), [([10], None), ([11], Refusal.MIXED_TEXT), ([7, 7, 7], None)])
def test_blocks_of_eight_words_that_are_left_at_doubtful_places_have_at_most_a_twentieth_of_its_words(blocks, expected):
    assert refused(paragraph(200), *[paragraph(words, DOUBTFUL) for words in blocks]) is expected


@pytest.mark.parametrize(("words", "expected"), [(50, None), (51, Refusal.OUTSIDE_TEXT)])
def test_prose_beside_the_article_is_at_most_four_times_the_usual_and_a_tenth_of_the_article(words, expected):
    assert refused(paragraph(100), paragraph(words, BESIDE)) is expected


@pytest.mark.parametrize(("words", "expected"), [(100, None), (101, Refusal.OUTSIDE_TEXT)])
def test_more_prose_at_one_place_beside_the_article_than_in_it_is_never_usual(words, expected):
    assert refused(paragraph(100), paragraph(words, CROWDED)) is expected


@pytest.mark.parametrize("place", [None, DOUBTFUL, BESIDE])
@pytest.mark.parametrize("block", [{"kind": Kind.CAPTION}, {"link": 0.5}, {"ends": False}], ids=["caption", "links", "no sentence"])
def test_captions_links_and_text_without_a_sentence_leave_no_doubt(place, block):
    left = refused(paragraph(100), paragraph(60, place, **block))

    assert left is (Refusal.MIXED_TEXT if place is DOUBTFUL and block == {"ends": False} else None)
