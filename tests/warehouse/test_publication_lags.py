"""How long articles took to reach us, of those of which that can be told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid5

import pytest

from tests.warehouse.warehouse_samples import BATCH, FEED, LOADED_ENTRY, METADATA, NOON, POLL, SPACE
from warehouse.load import load

BEFORE = replace(POLL, poll_id=uuid5(SPACE, "first read"), polled_at=NOON - timedelta(hours=1))
TEN_MINUTES_OLD = replace(METADATA, published_at=NOON - timedelta(minutes=10))


def lags(store):
    return store.execute("select feed_id, lag_seconds from publication_lags").fetchall()


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        ({}, [("example", 600)]),
        ({"polls": (POLL,)}, []),
        ({"article_metadata": (replace(METADATA, published_at=None, published_precision="day"),)}, []),
        ({"feeds": (replace(FEED, kind="files"),)}, []),
        ({"entry_outcomes": (replace(LOADED_ENTRY, outcome="revised"),)}, []),
        ({"article_metadata": (replace(METADATA, published_at=NOON + timedelta(minutes=1)),)}, [("example", -60)]),
    ],
    ids=["a later poll brought it", "the first read of its feed", "a day only", "imported files", "not new then", "dated later than seen"],
)
def test_a_lag_is_told_of_what_a_feed_brought_after_its_first_read_at_a_known_time(changed, found, store):
    load(store, replace(BATCH, **({"polls": (BEFORE, POLL), "article_metadata": (TEN_MINUTES_OLD,)} | changed)))
    assert lags(store) == found
