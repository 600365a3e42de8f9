"""What a search finds: one article at a time, asked for in words."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import timedelta

import duckdb
import pytest

from tests.warehouse.warehouse_samples import ARTICLE_ID, BATCH, NOON
from warehouse.load import load
from warehouse.publish import publish
from warehouse.query import query
from warehouse.search import Narrowing, search
from warehouse.statements import statement

DAY = timedelta(days=1)


@pytest.fixture
def found(store):
    """Whether a query finds an article with this headline and text."""

    def ask(words, text, title="Headline"):
        load(store, replace(BATCH, article_texts=tuple(replace(each, title=title, text=text) for each in BATCH.article_texts)))
        return store.execute("select count(*) from search($words, '2020-01-01')", {"words": words}).fetchone() == (1,)

    return ask


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("harbour", "The harbour is closed.", True),
        ("HARBOUR", "The harbour is closed.", True),
        ("harbour", "THE HARBOUR IS CLOSED", True),
        ("harbour closed", "Closed: the harbour.", True),
        ("harbour open", "The harbour is closed.", False),
        ("headline harbour", "The harbour is closed.", True),
        ("harb", "The harbour is closed.", False),
        ("arbour", "The harbour is closed.", False),
        ("harb*", "The harbour is closed.", True),
        ('"harbour is"', "The harbour is closed.", True),
        ('"is harbour"', "The harbour is closed.", False),
        ('"harbour is', "The harbour is closed.", True),
        ("“harbour is”", "The harbour is closed.", True),
        ('"harbour cl*"', "The harbour, closed.", True),
        ("harbour -closed", "The harbour is closed.", False),
        ("harbour -open", "The harbour is closed.", True),
        ('harbour -"is closed"', "The harbour is closed.", False),
        ('harbour -"closed is"', "The harbour is closed.", True),
        ("harbour -open -closed", "The harbour is closed.", False),
        ("covid-19", "Covid-19 is back", True),
        ("covid-19", "Covid 20 is back", False),
        ("don't", "They don’t", True),
        ("1.5", "It rose by 1.5%", True),
        ("a.c", "abc", False),
        ("c++", "in C, they say", True),
    ],
)
def test_all_words_must_occur_whole_in_headline_or_text(found, words, text, is_found):
    assert found(words, text) is is_found


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("cafe", "Le café", True),
        ("café", "Le CAFE", True),
        ("café", unicodedata.normalize("NFD", "Le café"), True),
        (unicodedata.normalize("NFD", "café"), "Le café", True),
        ("caf", unicodedata.normalize("NFD", "Le café"), False),
        ("cole", unicodedata.normalize("NFD", "école"), False),
        ("ecole", "L’École", True),
        ("coeur", "Au cœur", True),
        ("cœur", "Au coeur", True),
        ("strasse", "Die Straße", True),
        ("Straße", "DIE STRASSE", True),
        ("malmo", "Malmö", True),
        ("lodz", "Łódź", True),
        ("istanbul", "İstanbul", True),
        ("nhk", "ＮＨＫが", True),
        ("ＮＨＫ", "NHK said", True),
        ("елка", "Ёлка", True),
        ("мои", "мой", False),
        ("αθηνα", "Αθήνα", True),
        ("ΛΟΓΟΣ", "λόγος", True),
        ("silbentrennung", "Silben\u00adtrennung", True),
    ],
)
def test_case_accents_and_unicode_form_do_not_count(found, words, text, is_found):
    assert found(words, text) is is_found


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("石鳥居", "石鳥居からの客は", True),
        ("鳥居", "石鳥居からの客は", True),
        ("石居", "石鳥居からの客は", False),
        ("石鳥居 客", "石鳥居からの客は", True),
        ("石鳥居 -客", "石鳥居からの客は", False),
        ("かき", "がきの話", False),
        ("サーバー", "新しいサーバーを", True),
        ("NHK", "昨日NHKが報道", True),
        ("2026年", "それは2026年のこと", True),
        ("น้ำ", "มีน้ำท่วม", True),
        ("นำ", "มีน้ำท่วม", False),
        ("서울", "서울은 오늘", True),
        ("法院", "最高法院今日宣布", True),
    ],
)
def test_in_scripts_without_spaces_words_are_parts_of_the_text(found, words, text, is_found):
    assert found(words, text) is is_found


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("مدرسة", "مَدْرَسَة جديدة", True),
        ("مَدْرَسَة", "مدرسة جديدة", True),
        ("مدرسه", "مدرسة جديدة", True),
        ("محمد", "محـــمد", True),
        ("احمد", "أحمد", True),
        ("أحمد", "احمد", True),
        ("إلى", "الي", True),
        ("سوق", "نقابة السوق تطلب", True),
        ("سوق", "وللسوق والسوق", True),
        ("السوق", "سوق الماشية", False),
        ("سوق", "سوقية", False),
        ("2026", "عام ٢٠٢٦", True),
    ],
)
def test_arabic_is_found_with_and_without_vowel_signs_hamza_and_article(found, words, text, is_found):
    assert found(words, text) is is_found


@pytest.mark.parametrize("words", ["", " ", '""', "-harbour", "* -", "a b c d e f g"])
def test_a_search_without_words_or_with_too_many_is_refused(found, words):
    with pytest.raises(duckdb.Error, match="one to six words"):
        found(words, "harbour")


@pytest.mark.parametrize("words", ["' or 1=1 --", "$1", "a(b", "[", "\\", "(?i)", ".*", "{2}", "a\nb", "\\pL", "harbour') from x"])
def test_words_are_never_sql_or_a_pattern(store, words):
    load(store, BATCH)
    try:
        store.execute("select * from search($words, '2020-01-01')", {"words": words}).fetchall()
    except duckdb.Error as failure:
        assert "one to six words" in str(failure)  # noqa: PT017 - either answer is right


def test_the_first_match_is_shown_in_its_surroundings(store):
    text = f"{'Nothing here. ' * 50}\n\nAt last the Harbour\tmaster speaks. {'Nothing there. ' * 50}"
    load(store, replace(BATCH, article_texts=tuple(replace(each, title="Harbour", text=text) for each in BATCH.article_texts)))

    ((title, is_in_title, snippet),) = store.execute("select title, is_in_title, snippet from search('harbour', '2020-01-01')").fetchall()

    assert (title, is_in_title) == ("Harbour", True)
    assert "At last the Harbour master speaks." in snippet
    assert (snippet[0], snippet[-1]) == ("…", "…")
    assert len(snippet) < 230


def test_only_the_text_that_stands_now_is_searched(store):
    former, now = (
        replace(BATCH.article_texts[0], content_hash=name, text=text) for name, text in [("former", "bridge"), ("now", "harbour")]
    )
    (seen,) = BATCH.article_observations[:1]
    later = replace(seen, content_hash="now", observed_at=seen.observed_at + DAY, recorded_at=seen.recorded_at + DAY)
    load(store, replace(BATCH, article_texts=(former, now), article_observations=(replace(seen, content_hash="former"), later)))

    found = [
        store.execute("select article_id from search($words, '2020-01-01')", {"words": words}).fetchall() for words in ("bridge", "harbour")
    ]

    assert found == [[], [(ARTICLE_ID,)]]


def test_the_bound_is_the_instant_of_first_sight(store):
    load(store, replace(BATCH, article_texts=tuple(replace(each, text="harbour") for each in BATCH.article_texts)))
    (first,) = store.execute("select first_seen_at from articles").fetchone()

    found = [
        len(store.execute("select * from search('harbour', $since)", {"since": since}).fetchall())
        for since in (first, first + timedelta(seconds=1), first.date(), first.date() + DAY)
    ]

    assert found == [1, 0, 1, 0]


def test_hits_are_narrowed_by_publisher_language_and_time(live_path, store, tmp_path):
    load(store, replace(BATCH, article_texts=tuple(replace(each, text="harbour", language="en") for each in BATCH.article_texts)))
    store.close()
    news = tmp_path / "news.duckdb"
    publish(live_path, news, now=NOON, code_version="1.0", wait_seconds=0)
    ((publisher_id, first),) = query(news, "select publisher_id, first_seen_at from articles").rows

    def hits(**narrowing):
        return len(search(news, "harbour", first, Narrowing(**narrowing), most=10))

    assert [hits(), hits(publisher_id=publisher_id), hits(publisher_id="other.example")] == [1, 1, 0]
    assert [hits(language="en"), hits(language="de"), hits(until=first), hits(until=first + DAY)] == [1, 0, 0, 1]


def test_letters_that_count_as_the_same_are_those_that_unicode_decomposes():
    groups = statement("macros/search_letters.sql").partition("'\n")[2].removesuffix("\n';\n").split("\n")
    letters = [letter for group in groups for letter in group]
    decomposed = {letter for group in groups for letter in group[1:] if unicodedata.normalize("NFKD", letter.lower())[0] == group[0]}
    plain = set("abcdefghijklmnopqrstuvwxyz")
    latin = [chr(code) for code in range(0xDF, 0x180) if chr(code).islower() and unicodedata.normalize("NFD", chr(code))[0] in plain]

    assert len(letters) == len(set(letters))
    assert {
        each for each in latin if each.islower() and unicodedata.normalize("NFD", each)[0] in "abcdefghijklmnopqrstuvwxyz"
    } <= decomposed
    assert set("".join(group[1:] for group in groups)) - decomposed == set("øłđħŧıةىیکٱ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")
