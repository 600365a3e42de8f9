"""What the demo newsroom promises about its articles."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

import pytest

from flows.demo.cases import Case
from flows.demo.newsroom import Newsroom
from flows.demo.story import Fate, Part

SEED = 7
NEWSROOM = Newsroom(SEED)
TRUTH = NEWSROOM.truth()
TAIL_MARKUPS = 6


def loadable(round_number: int) -> list:
    return [article for article in TRUTH.articles if article.is_loadable and article.readings[0].round_number <= round_number]


def tokens(text: str) -> set[str]:
    """Words, or pairs of characters where a script has no spaces."""
    words = re.findall(r"\w+", text.lower())
    return {word[i : i + 2] for word in words for i in range(len(word) - 1)} if re.search(r"[\u3040-\u30ff]", text) else set(words)


def overlap(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def test_the_same_seed_gives_the_same_truth():
    assert Newsroom(SEED).truth() == TRUTH


def test_another_seed_gives_other_articles_and_labels():
    other = Newsroom(SEED + 1).truth()

    assert other.labels != TRUTH.labels
    assert not {a.readings[0].lines for a in other.articles} & {a.readings[0].lines for a in TRUTH.articles}


def test_about_190_articles_are_out_in_round_1_and_at_least_210_in_round_2():
    assert 185 <= len(loadable(1)) <= 200
    assert len(loadable(2)) >= 210
    assert len(loadable(1)) < len(loadable(2)) < len(loadable(3))


def test_ten_publishers_write_in_six_languages():
    assert len({article.host for article in TRUTH.articles}) == 10
    assert {article.language for article in TRUTH.articles} == {"en", "de", "fr", "es", "ar", "ja"}


def test_every_host_is_in_the_reserved_domain():
    assert all(host.endswith(".test") for host in NEWSROOM.hosts)


def test_urls_are_unique():
    assert len({article.url for article in TRUTH.articles}) == len(TRUTH.articles)


@pytest.mark.parametrize("seed", range(5))
def test_every_case_is_there_with_every_seed(seed):
    truth = Newsroom(seed).truth()

    assert {case for article in truth.articles for case in article.cases} == set(Case)


@pytest.mark.parametrize("article", loadable(3), ids=lambda article: article.url)
def test_a_body_is_as_long_as_news_is(article):
    kept = article.readings[0].kept

    assert 6 <= len(kept) <= 24
    if article.language == "ja":
        assert 500 <= sum(len(line.text) for line in kept) <= 1400
    else:
        assert 200 <= sum(len(line.text.split()) for line in kept) <= 750


@pytest.mark.parametrize("article", loadable(3), ids=lambda article: article.url)
def test_no_two_paragraphs_of_a_body_are_alike(article):
    paragraphs = [tokens(line.text) for line in article.readings[0].kept if line.part is Part.PARAGRAPH]

    assert max(overlap(one, other) for one, other in combinations(paragraphs, 2)) < 0.6


def test_only_agency_copies_are_near_copies():
    texts = [(article, shingles(article)) for article in loadable(1)]

    for (one, its), (other, others) in combinations(texts, 2):
        if one.language != other.language:
            continue
        same_wire = one.wire is not None and one.wire == other.wire
        assert overlap(its, others) > 0.85 if same_wire else overlap(its, others) < 0.4, (one.url, other.url)
        assert its != others


def shingles(article) -> set[str]:
    words = re.findall(r"\w" if article.language == "ja" else r"\w+", " ".join(line.text for line in article.readings[0].kept).lower())
    width = 5 if article.language == "ja" else 3
    return {" ".join(words[i : i + width]) for i in range(len(words) - width + 1)}


def test_agency_stories_stand_at_two_or_three_publishers_under_different_headlines():
    copies = Counter((article.language, article.wire) for article in TRUTH.articles_in(Case.AGENCY))

    assert set(copies.values()) == {2, 3}
    for language, wire in copies:
        titles = [a.readings[0].title for a in TRUTH.articles if (a.language, a.wire) == (language, wire)]
        assert len(set(titles)) == len(titles)


def test_an_agency_copy_names_its_agency_in_a_credit():
    for article in TRUTH.articles_in(Case.AGENCY):
        assert any(line.part is Part.AGENCY_CREDIT and line.why == "credit" for line in article.readings[0].moved)


@pytest.mark.parametrize("case", [Case.REPEAT_EXACT, Case.REPEAT_NEAR, Case.PULL_QUOTE])
def test_a_repeat_names_the_kept_line_that_must_stay(case):
    articles = TRUTH.articles_in(case)

    assert len(articles) >= 3
    for article in articles:
        kept = [line.text for line in article.readings[0].kept]
        repeats = [line for line in article.readings[0].removed if line.why == "repeat"]
        assert len(repeats) == 1
        assert kept.count(repeats[0].repeats) == 1


def test_a_near_repeat_has_the_same_letters_but_other_marks():
    for article in TRUTH.articles_in(Case.REPEAT_NEAR):
        (repeat,) = (line for line in article.readings[0].removed if line.why == "repeat")
        assert repeat.text != repeat.repeats
        assert re.findall(r"\w", repeat.text) == re.findall(r"\w", repeat.repeats)


def test_equal_scores_and_quoted_phrases_must_stay():
    for article in TRUTH.articles_in(Case.SCORES):
        items = Counter(line.text for line in article.readings[0].kept if line.part is Part.LIST_ITEM)
        assert max(items.values()) == 2
    for article in TRUTH.articles_in(Case.PHRASE_AGAIN):
        (quote,) = (line.text for line in article.readings[0].kept if line.part is Part.QUOTE)
        assert sum(quote[1:-1] in line.text for line in article.readings[0].kept) == 3


def test_kept_lines_are_unique_but_for_the_scores():
    for article in TRUTH.articles:
        if Case.SCORES not in article.cases:
            kept = [line.text for line in article.readings[0].kept]
            assert len(set(kept)) == len(kept), article.url


@pytest.mark.parametrize("host", sorted({a.host for a in TRUTH.articles_in(Case.TAIL)}))
def test_both_tail_words_end_several_articles_of_a_publisher(host):
    tails = [
        tuple(line.text for line in a.readings[0].removed if line.why == "tail") for a in TRUTH.articles_in(Case.TAIL) if a.host == host
    ]

    words = Counter(word for tail in tails for word in tail)
    assert words["News"] >= 3
    assert words["Dismiss"] >= 3


def test_tails_come_in_six_markups():
    assert len({a.host for a in TRUTH.articles_in(Case.TAIL)}) == TAIL_MARKUPS


def test_labels_differ_between_publishers():
    labels = [labels.tail for _, labels in TRUTH.labels] + [labels.newsletter for _, labels in TRUTH.labels]

    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("case", [Case.TEXT_EDIT, Case.HEADLINE_EDIT, Case.CORRECTION])
def test_a_revision_shows_from_round_2_on(case):
    for article in TRUTH.articles_in(case):
        first, second, third = (content(article.at(number)) for number in (1, 2, 3))
        assert first != second
        assert second == third


def test_a_correction_brings_a_notice_that_is_moved():
    for article in TRUTH.articles_in(Case.CORRECTION):
        assert not any(line.why == "correction" for line in article.at(1).moved)
        assert [line.fate for line in article.at(2).lines if line.why == "correction"] == [Fate.MOVED]


def test_there_and_back_is_a_then_b_then_a():
    for article in TRUTH.articles_in(Case.THERE_AND_BACK):
        first, second, third = (content(article.at(number)) for number in (1, 2, 3))
        assert first == third != second


def test_an_announced_update_may_change_nothing():
    for article in TRUTH.articles_in(Case.ANNOUNCED_ONLY):
        assert content(article.at(1)) == content(article.at(2))


def test_related_links_rotate_each_round():
    rotating = [a for a in TRUTH.articles if len(a.readings) == 3 and any(line.why == "related" for line in a.readings[0].removed)]

    rotated = [a for a in rotating if related(a, 1) != related(a, 2) != related(a, 3)]
    assert len(rotated) > 0.95 * len(rotating)


def content(reading) -> tuple:
    return (reading.title, tuple(line.text for line in reading.kept))


def related(article, round_number: int) -> list[str]:
    return [line.text for line in article.at(round_number).removed if line.part is Part.RELATED_LINK]


def test_a_publication_day_is_the_publishers_own():
    already_tomorrow = [a for a in TRUTH.articles if a.published_at.date() != a.published_on]

    assert all(a.published_at.utcoffset().total_seconds() == 0 for a in TRUTH.articles)
    assert {a.language for a in already_tomorrow} == {"ja"}
