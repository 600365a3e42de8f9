from __future__ import annotations

import pytest

from tasks.polling.outage import Attempt, own_outages
from tests.polling.feed_life import HOUR, MINUTE, NOW, RULES

WELL = [Attempt(f"paper-{number}.test", NOW, reached=False, was_well=True) for number in range(5)]


def answered(number, at=NOW):
    return Attempt(f"answering-{number}.test", at, reached=True, was_well=True)


def spared(*attempts):
    return own_outages(attempts, RULES.outage)


def test_when_nothing_can_be_reached_the_fault_is_ours():
    assert spared(*WELL) == frozenset(range(5))


def test_one_answer_among_many_failures_does_not_clear_us_but_two_do():
    assert spared(*WELL, answered(1)) == frozenset(range(5))
    assert spared(*WELL, answered(1), answered(2)) == frozenset()


@pytest.mark.parametrize("attempts", [WELL[:2], [WELL[0]] * 5, []])
def test_it_takes_several_domains(attempts):
    assert spared(*attempts) == frozenset()


def test_feeds_that_failed_before_prove_nothing_but_are_spared_too():
    failing = [Attempt(f"dead-{number}.test", NOW, reached=False, was_well=False) for number in range(5)]

    assert spared(*failing) == spared(*failing, *WELL[:2]) == frozenset()
    assert spared(*failing, *WELL[:3]) == frozenset(range(8))


def test_a_domain_that_answered_one_of_its_feeds_is_reachable():
    both = [Attempt(each.domain, NOW, reached=True, was_well=True) for each in WELL]
    assert spared(*WELL, *both) == frozenset()


def test_an_outage_that_begins_during_a_run_is_seen_by_its_window():
    before = [answered(number, at=NOW) for number in range(20)]
    after = [Attempt(each.domain, NOW + 6 * MINUTE, reached=False, was_well=True) for each in WELL]
    later = [answered(number, at=NOW + HOUR) for number in range(20)]

    assert spared(*before, *after, *later) == frozenset(range(20, 25))


def test_only_failures_to_reach_are_spared():
    assert spared(*WELL, Attempt("busy.test", NOW, reached=True, was_well=True)) == frozenset(range(5))
