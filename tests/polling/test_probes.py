from __future__ import annotations

from dataclasses import replace

from tasks.model import Validators
from tasks.polling.probes import validators_to_send, wants_probe
from tests.polling.feed_life import DAY, FIRST, HOUR, NOT_MODIFIED, RULES, Life, read

AGREED, LIED = read(0, 10, probed=True), read(2, 8, probed=True)
RULE = RULES.probing


def life_of(*results, after=HOUR):
    life = Life()
    life.poll(FIRST)
    life.poll(*results, after=after)
    return life


def probes(life):
    return wants_probe(life.state, life.now, RULE)


def test_every_fourth_304_is_checked():
    assert [probes(life_of(*[NOT_MODIFIED] * believed)) for believed in range(5)] == [False, False, False, True, True]


def test_a_304_is_checked_two_days_after_the_last_whole_body():
    assert not probes(life_of(NOT_MODIFIED, after=2 * DAY - HOUR))
    assert probes(life_of(NOT_MODIFIED, after=2 * DAY))


def test_a_whole_body_begins_the_count_anew():
    assert not probes(life_of(NOT_MODIFIED, NOT_MODIFIED, NOT_MODIFIED, read(1), NOT_MODIFIED))
    assert not probes(life_of(NOT_MODIFIED, NOT_MODIFIED, NOT_MODIFIED, AGREED))


def test_feeds_are_checked_at_different_times():
    rule = replace(RULE, every=40, spread=0.25)
    state = life_of().state
    thresholds = {
        next(
            believed
            for believed in range(50)
            if wants_probe(replace(state, feed_id=f"feed-{n}", trusted_304s=believed), life_of().now, rule)
        )
        for n in range(300)
    }

    assert thresholds == set(range(30, 40))


def test_a_304_that_hid_entries_costs_the_server_our_trust_for_a_month():
    life = life_of(NOT_MODIFIED, LIED)

    assert life.notices == ("lying_304",)
    assert validators_to_send(life.state, life.now + 30 * DAY - HOUR, RULE) == Validators()
    assert validators_to_send(life.state, life.now + 30 * DAY, RULE) == Validators('"1"')


def test_a_whole_body_that_differs_in_nothing_to_fetch_is_no_lie():
    life = life_of(NOT_MODIFIED, AGREED)

    assert life.notices == ("probe_agreed",)
    assert life.state.conditional_distrusted_at is None


def test_a_new_entry_without_a_304_before_it_is_no_lie():
    assert life_of(NOT_MODIFIED, read(2)).state.conditional_distrusted_at is None


def test_a_server_that_was_caught_is_trusted_again_once_it_proves_itself():
    life = life_of(NOT_MODIFIED, LIED)
    life.now += 31 * DAY
    assert probes(life)

    life.poll(LIED, after=HOUR)
    assert life.state.conditional_distrusted_at == life.now
    life.poll(AGREED, after=31 * DAY)
    assert probes(life), "a 304 may be true by chance"
    life.poll(read(1), after=HOUR)
    assert life.state.conditional_distrusted_at is None
    assert not probes(life)


def test_new_entries_prove_nothing_while_nobody_asks_with_validators():
    life = life_of(NOT_MODIFIED, LIED)
    caught_at = life.now

    assert life.poll(read(1), after=DAY).conditional_distrusted_at == caught_at


def test_a_feed_that_was_never_asked_has_nothing_to_send():
    assert validators_to_send(None, life_of().now, RULE) == Validators()
