"""Run leases: who may run."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.warehouse.warehouse_samples import NOON
from warehouse.connect import live
from warehouse.errors import WarehouseError
from warehouse.lease import INGEST, Acquired, Lease, LeaseHeld, LeaseLost, acquire, held, release, renew

MINUTE = timedelta(minutes=1)
FIRST, SECOND = UUID(int=1), UUID(int=2)
FIRST_LEASE = Lease(INGEST, "ingest on mill (process 7)", FIRST, NOON, NOON, NOON + 2 * MINUTE)


def take(connection, run_id, *, at=NOON, holder="ingest on mill (process 7)", dead=()):
    return acquire(connection, INGEST, holder=holder, run_id=run_id, now=at, lasts=2 * MINUTE, dead=dead)


def test_a_free_lease_goes_to_who_asks(store):
    assert held(store, INGEST) is None
    assert take(store, FIRST) == Acquired(taken_from=None)
    assert held(store, INGEST) == FIRST_LEASE


def test_a_held_lease_is_refused_and_the_refusal_says_who_holds_it(store):
    take(store, FIRST)

    with pytest.raises(LeaseHeld, match=r"ingest on mill \(process 7\) has been at work since 2026-03-01 12:00:00 UTC as run 0+-.*1"):
        take(store, SECOND, at=NOON + MINUTE)
    assert held(store, INGEST) == FIRST_LEASE


@pytest.mark.parametrize(("minutes", "goes"), [(1.99, False), (2, True)])
def test_a_lease_is_taken_over_once_its_holder_was_silent_for_too_long(store, minutes, goes):
    take(store, FIRST)

    if goes:
        assert take(store, SECOND, at=NOON + minutes * MINUTE) == Acquired(taken_from=FIRST_LEASE)
    else:
        with pytest.raises(LeaseHeld):
            take(store, SECOND, at=NOON + minutes * MINUTE)


def test_a_lease_is_taken_at_once_from_a_run_whose_process_is_gone(store):
    take(store, FIRST)

    assert take(store, SECOND, dead={FIRST}) == Acquired(taken_from=FIRST_LEASE)


def test_a_heartbeat_puts_the_end_of_a_lease_off(store):
    take(store, FIRST)
    renew(store, INGEST, run_id=FIRST, now=NOON + MINUTE, lasts=2 * MINUTE)

    with pytest.raises(LeaseHeld):
        take(store, SECOND, at=NOON + 2 * MINUTE)
    assert held(store, INGEST).expires_at == NOON + 3 * MINUTE


def test_a_run_that_was_silent_keeps_its_lease_while_nobody_else_wants_it(store):
    take(store, FIRST)
    renew(store, INGEST, run_id=FIRST, now=NOON + 60 * MINUTE, lasts=2 * MINUTE)

    assert held(store, INGEST).run_id == FIRST


def test_a_run_whose_lease_another_one_took_is_told_with_its_next_heartbeat(store):
    take(store, FIRST)
    take(store, SECOND, at=NOON + 2 * MINUTE)

    with pytest.raises(LeaseLost):
        renew(store, INGEST, run_id=FIRST, now=NOON + 3 * MINUTE, lasts=2 * MINUTE)
    assert held(store, INGEST).run_id == SECOND


def test_a_released_lease_is_free_at_once(store):
    take(store, FIRST)
    release(store, INGEST, run_id=FIRST)

    assert held(store, INGEST) is None
    assert take(store, SECOND) == Acquired(taken_from=None)


def test_a_run_cannot_release_what_another_one_holds(store):
    take(store, FIRST)
    release(store, INGEST, run_id=SECOND)

    assert held(store, INGEST) == FIRST_LEASE


def test_of_two_that_reach_for_a_free_lease_in_the_same_moment_one_gets_it(store, live_path):
    store.execute("begin")
    store.execute("update run_leases set holder = 'somebody', run_id = $run_id", {"run_id": FIRST})
    with live(live_path, wait_seconds=0) as other, pytest.raises(LeaseHeld, match="another run began in the same moment"):
        take(other, SECOND)
    store.execute("rollback")


def test_an_unknown_lease_is_an_error_and_not_a_free_one(store):
    with pytest.raises(WarehouseError, match="no lease called other"):
        acquire(store, "other", holder="x", run_id=FIRST, now=NOON, lasts=MINUTE)
