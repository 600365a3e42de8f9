"""Processes that load, publish, keep and hand out, killed on the way."""

from __future__ import annotations

import pytest

from benchmarks.kill_store import Kill, Place, prepare, torment
from warehouse.connect import live

COPIES = ("live.duckdb", "news.duckdb")


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Place:
    return prepare(tmp_path_factory.mktemp("place"), batches=2)


def test_nothing_is_lost_or_doubled_and_every_copy_opens(place):
    kills = [Kill("load.in_transaction", None), Kill("publish.rename", None)]

    done = torment(place, kills)

    assert done.faults == []
    assert dict(done.died) == {kill.phase: 1 for kill in kills}


def test_a_row_that_is_lost_is_told(place):
    with live(place.state / "live.duckdb", wait_seconds=0) as connection:
        connection.execute("delete from polls where poll_id = (select min(poll_id) from polls)")

    assert torment(place, []).faults == [f"{name}: 1 rows of polls are not those of an undisturbed warehouse" for name in COPIES]
