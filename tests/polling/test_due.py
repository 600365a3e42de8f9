from __future__ import annotations

from dataclasses import replace

from tasks.model import Validators
from tasks.polling.due import charged_to_nobody, is_due
from tests.polling.feed_life import BUSY, FEED, FIRST, GONE, HOUR, HTML, MINUTE, MISSING, NOT_MODIFIED, NOW, RULES, TIMEOUT, Life, read

KEPT = ("etag", "last_modified", "body_hash", "last_success_at", "last_new_entry_at", "current_url", "interval_seconds", "read_entries")


def test_a_feed_never_asked_is_due():
    assert is_due(None, NOW)


def test_a_feed_is_due_once_its_wait_has_passed_or_nearly_so():
    state = Life().poll(FIRST)

    assert not is_due(state, NOW + 19 * MINUTE)
    assert is_due(state, NOW + 20 * MINUTE)
    assert is_due(state, NOW + 19 * MINUTE, MINUTE)


def test_a_feed_that_was_asked_while_the_clock_was_ahead_is_due_once_that_is_set_back():
    life = Life()
    life.now = NOW + 24 * 365 * HOUR
    state = life.poll(FIRST)

    assert not is_due(state, life.now, MINUTE)
    assert is_due(state, NOW, MINUTE)
    assert not is_due(state, state.updated_at - MINUTE, MINUTE)


def test_a_success_ends_the_backing_off():
    state = Life().poll(FIRST, BUSY, MISSING, read())

    assert (state.state, state.failures, state.failure_kind, state.due_reason) == ("active", 0, None, "interval")


def test_a_failure_forgets_nothing_of_the_last_success():
    life = Life()
    good = life.poll(FIRST)
    for failure in (BUSY, TIMEOUT, HTML, MISSING, GONE):
        failed = life.poll(failure)
        assert [getattr(failed, name) for name in KEPT] == [getattr(good, name) for name in KEPT]


def test_not_modified_keeps_the_validators_it_does_not_repeat():
    state = Life().poll(FIRST, replace(NOT_MODIFIED, validators=Validators(None, "Sun, 22 Nov 2026 12:00:00 GMT")))

    assert (state.etag, state.last_modified, state.body_hash) == ('"1"', "Sun, 22 Nov 2026 12:00:00 GMT", "hash")


def test_a_body_without_validators_drops_those_of_the_body_before():
    assert Life().poll(FIRST, read(validators=Validators())).etag is None


def test_the_last_new_entry_is_remembered():
    life = Life()
    life.poll(FIRST)
    brought_at = life.now

    assert life.poll(read(), NOT_MODIFIED).last_new_entry_at == brought_at
    assert life.poll(read(1)).last_new_entry_at == life.now


def test_our_own_outage_is_charged_to_nobody():
    life = Life()
    before = life.poll(FIRST, BUSY, BUSY)
    decided = charged_to_nobody(FEED, before, now=NOW + HOUR, rules=RULES)

    assert decided.notices == ("own_outage",)
    assert decided.state == replace(before, next_due_at=NOW + HOUR + RULES.outage.again, due_reason="own_outage", updated_at=NOW + HOUR)
