"""When a publisher's newest articles are odd."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tasks.text.learning.alarms import AlarmKind, alarms
from tasks.text.learning.learn import learn
from tests.text.publisher_pages import FIRST_DAY, Line, article, learned_from, publisher, sighting

LABEL = Line("Round the Mosswick Loft corner")
PROMPT = Line("Our letter brings you the harbour every evening and you may leave it again whenever you like to do so.")


def cleaned(count, lines_of, rules):
    """Articles cleaned with these rules."""
    return [sighting(number, lines_of(number), rules=rules) for number in range(count)]


def test_nothing_is_odd_while_rules_find_what_they_found():
    found = publisher(40, lambda number: article(number, after=[LABEL]))

    assert alarms(found, learn(found)) == ()


@pytest.mark.parametrize(("without", "alarm"), [(29, 0), (30, 1)])
def test_a_rule_that_finds_nothing_in_thirty_articles_is_silent(without, alarm):
    rules = learned_from(40, lambda number: article(number, after=[LABEL]))
    found = publisher(40 + without, lambda number: article(number, after=[LABEL] if number < 40 else []))
    raised = alarms(found, rules)

    assert len(raised) == alarm
    for each in raised:
        assert (each.kind, each.rule_id, each.articles) == (AlarmKind.SILENT, rules[0].rule_id, without)
        assert each.since == FIRST_DAY + timedelta(days=40)


def test_a_rule_that_finds_something_in_every_tenth_article_is_given_fifty():
    rules = learned_from(60, lambda number: article(number, after=[LABEL] if number % 10 == 0 else []))

    assert not alarms(publisher(99, lambda n: article(n, after=[LABEL] if n % 10 == 0 and n < 60 else [])), rules)
    assert alarms(publisher(101, lambda n: article(n, after=[LABEL] if n % 10 == 0 and n < 60 else [])), rules)


def test_it_is_told_when_much_more_of_each_article_goes_than_before():
    rules = learned_from(12, lambda number: article(number, after=[PROMPT]))
    (alarm,) = alarms(cleaned(40, lambda number: article(number, after=[PROMPT] if number >= 30 else []), rules), rules)

    assert (alarm.kind, alarm.articles, alarm.since) == (AlarmKind.JUMPED, 10, FIRST_DAY + timedelta(days=30))
    assert alarm.before == 0
    assert alarm.now > 0.15


def test_it_is_told_when_much_less_goes_than_before():
    rules = learned_from(12, lambda number: article(number, after=[PROMPT]))
    raised = alarms(cleaned(40, lambda number: article(number, after=[PROMPT] if number < 30 else []), rules), rules)

    assert [alarm.kind for alarm in raised] == [AlarmKind.FELL]


def test_a_few_articles_without_are_nothing_to_tell():
    rules = learned_from(12, lambda number: article(number, after=[PROMPT]))

    assert not alarms(cleaned(40, lambda number: article(number, after=[PROMPT] if number < 36 else []), rules), rules)


def test_the_order_of_articles_changes_no_alarm():
    rules = learned_from(40, lambda number: article(number, after=[LABEL]))
    found = publisher(80, lambda number: article(number, after=[LABEL] if number < 40 else []))

    assert alarms(found, rules) == alarms(found[::-1], rules[::-1])
