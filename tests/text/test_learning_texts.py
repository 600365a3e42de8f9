"""What is learned from words that recur, and what never is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tasks.model import Action, Kind
from tasks.text.decide import decide
from tasks.text.knowledge import Knowledge
from tasks.text.learning.learn import learn
from tasks.text.learning.learned import Learned, State
from tasks.text.learning.masks import masked_hash
from tasks.text.rules import builtin_rules
from tests.text.publisher_pages import (
    BODY,
    FIRST_DAY,
    NUMBERS,
    Line,
    article,
    document,
    learned_from,
    prose,
    publisher,
    sighting,
    taken,
    verdicts_of,
)

LABEL = Line("Round the Mosswick Loft corner")
SENTENCE = Line("The strike at the northern yards began in autumn and has cost the port a third of its trade so far.")
NEW = 99  # an article that nothing was learned from


@pytest.mark.parametrize(("carriers", "goes"), [(2, False), (3, True)])
def test_a_label_after_the_text_goes_once_three_articles_end_in_it(carriers, goes):
    rules = learned_from(10, lambda number: article(number, after=[LABEL] if number < carriers else []))

    assert taken(article(NEW, after=[LABEL]), rules) == ([LABEL.text] if goes else [])


def test_the_same_label_stays_between_paragraphs_and_at_the_other_edge():
    rules = learned_from(10, lambda number: article(number, after=[LABEL] if number < 4 else []))

    assert taken(article(NEW, within=[LABEL]), rules) == []
    assert taken(article(NEW, before=[LABEL]), rules) == []


def test_of_many_articles_a_tenth_must_end_in_the_label_but_eight_are_always_enough():
    def rare(count, carriers):
        return taken(
            article(NEW, after=[LABEL]), learned_from(count, lambda n: article(n, after=[LABEL] if n % (count // carriers) == 0 else []))
        )

    assert rare(60, 5) == []
    assert rare(60, 6) == [LABEL.text]
    assert rare(128, 8) == [LABEL.text]


def test_labels_one_behind_the_other_all_go():
    tail = [Line("Round the Mosswick Loft corner"), Line("Back to the harbour page", kind=Kind.HEADING), Line("Into the Weirboard")]
    rules = learned_from(10, lambda number: article(number, after=tail))

    assert taken(article(NEW, after=tail), rules) == [line.text for line in tail]


@pytest.mark.parametrize(("carriers", "goes"), [(2, False), (3, True)])
def test_a_sentence_after_the_text_goes_if_three_in_ten_articles_have_it(carriers, goes):
    rules = learned_from(10, lambda number: article(number, after=[SENTENCE] if number < carriers else []))

    assert taken(article(NEW, after=[SENTENCE]), rules) == ([SENTENCE.text] if goes else [])


def test_the_background_of_a_running_story_stays_between_paragraphs():
    rules = learned_from(20, lambda number: article(number, within=[SENTENCE] if number % 5 < 2 else []))

    assert taken(article(NEW, within=[SENTENCE]), rules) == []


def test_a_standing_sentence_of_more_than_half_of_the_articles_goes_also_between_paragraphs():
    rules = learned_from(12, lambda number: article(number, within=[SENTENCE] if number % 4 else []))

    assert taken(article(NEW, within=[SENTENCE]), rules) == [SENTENCE.text]


def test_a_sentence_in_a_box_of_its_own_goes_like_one_after_the_text():
    boxed = Line(SENTENCE.text, path="main/article.story/aside.box/p")
    rules = learned_from(10, lambda number: article(number, within=[boxed] if number < 3 else []))

    assert taken(article(NEW, within=[boxed]), rules) == [SENTENCE.text]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("5 April 2026 Last change at 08:09 GMT", "17 February 2027 Last change at 22:15 GMT"),
        ("Lesezeit 4 Minuten, Montag", "Lesezeit 12 Minuten, Freitag"),
        ("1,204 readers at 8:30 pm", "86 readers at 11:05 a.m."),
        ("3月4日（水曜日）の紙面", "12月30日（土曜日）の紙面"),
    ],
)
def test_numbers_dates_and_clock_times_are_masked(first, second):
    assert masked_hash(first) == masked_hash(second)


@pytest.mark.parametrize(("first", "second"), [("Into the Weirboard", "Into the Loftboard"), ("4 minutes to read", "4 hours to read")])
def test_words_are_not_masked(first, second):
    assert masked_hash(first) != masked_hash(second)


@pytest.mark.parametrize(
    "line",
    [
        Line("Photo: Ann Lee"),
        Line("(dpa)"),
        Line("SDA/sep"),
        Line("By Ann Lee"),
        Line("4 March 2026"),
        Line("Updated 4 March 2026, 10:30"),
        Line("Correction: An earlier version named the wrong bridge."),
        Line("We shall not move", kind=Kind.QUOTE),
        Line("The landing at dusk", kind=Kind.CAPTION),
        Line("Rovers 2, Harbour 1"),
        Line("3 | 14 | 27", kind=Kind.TABLE),
        Line("2:1 (1:0)"),
    ],
    ids=lambda line: line.text,
)
@pytest.mark.parametrize("where", ["before", "within", "after"])
def test_evidence_and_figures_are_never_learned_however_often_they_recur(line, where):
    rules = learned_from(20, lambda number: article(number, **{where: [line]}))

    assert taken(article(NEW, **{where: [line]}), rules) == []


def test_a_heading_that_recurs_above_paragraphs_stays():
    heading = Line("What we know", kind=Kind.HEADING, path="main/article.story/div.text/h2")
    rules = learned_from(20, lambda number: article(number, within=[heading]))

    assert taken(article(NEW, within=[heading]), rules) == []


def test_short_answers_that_recur_between_paragraphs_stay():
    rules = learned_from(20, lambda number: article(number, within=[Line("Yes.")] if number % 3 == 0 else []))

    assert taken(article(NEW, within=[Line("Yes.")]), rules) == []


def test_a_row_that_recurs_stays_in_a_list_with_rows_of_the_articles_own():
    def ingredients(number):
        rows = ["Salt", f"{number + 2} pears from {prose(number, 0).text[15:30]}", "Pepper"]
        return [Line("Ingredients", kind=Kind.HEADING), *(Line(row, kind=Kind.LIST_ITEM, path="main/article.story/ul/li") for row in rows)]

    rules = learned_from(20, lambda number: article(number, after=ingredients(number)))

    assert taken(article(NEW, after=ingredients(NEW)), rules) == []


def test_an_article_at_several_addresses_teaches_nothing():
    copies = [sighting(1, article(1, after=[Line(f"Printed as number {at}")]), name=f"copy-{at}") for at in range(9)]

    assert learn(copies) == ()


def test_short_articles_that_share_one_long_paragraph_are_stories_of_their_own():
    def brief(number):
        own = [Line(f"The vote in {NUMBERS[number]} was put off until item {NUMBERS[paragraph]}.") for paragraph in range(6)]
        return [*own, SENTENCE]

    assert taken(brief(11), learned_from(11, brief)) == [SENTENCE.text]


def test_what_recurs_on_one_day_only_waits_in_the_shadow():
    wave = [sighting(n, article(n, after=[LABEL]), day=FIRST_DAY) for n in range(4)]
    rest = [sighting(n, article(n), day=FIRST_DAY + timedelta(days=n)) for n in range(4, 12)]
    (rule,) = learn([*wave, *rest])

    assert rule.state is State.SHADOW
    assert taken(article(NEW, after=[LABEL]), [rule]) == []


def test_half_of_the_support_is_a_shadow():
    (rule,) = learned_from(10, lambda number: article(number, after=[LABEL] if number < 2 else []))

    assert (rule.state, rule.support, rule.articles) == (State.SHADOW, 2, 10)


@pytest.mark.parametrize(("since", "state"), [(29, State.ACTIVE), (30, State.RETIRED)])
def test_a_label_that_vanished_from_thirty_articles_is_retired(since, state):
    (rule,) = learned_from(30 + since, lambda number: article(number, after=[LABEL] if number < 30 else []))

    assert rule.state is state


def test_a_rule_says_how_often_and_since_when():
    rules = learned_from(50, lambda number: article(number, after=[LABEL] if number >= 9 else []))
    (rule,) = rules

    assert (rule.support, rule.articles, rule.days, rule.first_day) == (41, 50, 41, date(2026, 3, 10))
    assert rule.rule_id == f"learned-edge-{masked_hash(LABEL.text):016x}-end"


def test_what_the_ledger_says_of_a_removal_does_not_depend_on_how_many_articles_taught_it():
    """Else two warehouses with the same snapshot would tell the same page in different words."""
    few, many = (learned_from(count, lambda number: article(number, after=[LABEL])) for count in (5, 50))

    assert verdicts_of(article(NEW, after=[LABEL]), few) == verdicts_of(article(NEW, after=[LABEL]), many)
    assert [rule.support for rule in (*few, *many)] == [5, 50]


def test_only_the_newest_articles_count_whatever_order_they_come_in():
    found = publisher(
        460, lambda number: article(number, after=[LABEL] if number < 50 else [], before=[Line("Weirboard")] if number > 440 else [])
    )
    rules = learn(found)

    assert rules == learn(reversed(found))
    assert {rule.articles for rule in rules} == {400}
    assert {rule.example for rule in rules if rule.state is State.ACTIVE} == {"Weirboard"}


def test_learned_rules_that_would_take_most_of_an_article_take_nothing():
    rules = learned_from(10, lambda number: article(number, after=[SENTENCE]))
    short = [Line("The vote was put off again on Monday evening."), SENTENCE]

    assert taken(article(NEW, after=[SENTENCE]), rules) == [SENTENCE.text]
    assert taken(short, rules) == []


@pytest.mark.parametrize("wish", ["the rule is switched off", "the block is restored"])
def test_what_people_decided_outweighs_what_was_learned(wish):
    (rule,) = learned_from(10, lambda number: article(number, after=[LABEL]))
    known = Knowledge(learned=Learned.of([rule]))
    known = (
        replace(known, disabled=frozenset({rule.rule_id}))
        if wish == "the rule is switched off"
        else replace(known, restored=frozenset({masked_hash(LABEL.text)}))
    )
    verdicts, _ = decide(document(article(NEW, after=[LABEL])), title=None, rules=builtin_rules(), knowledge=known)

    assert verdicts[-1].action is Action.KEPT


def test_plain_text_has_no_places_and_learns_by_words_alone():
    def plain(number):
        return [Line(line.text, path="") for line in article(number, after=[LABEL])]

    assert taken(plain(NEW), learned_from(8, plain)) == [LABEL.text]
    assert BODY
