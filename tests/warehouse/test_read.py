"""What a run reads is what earlier runs wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta
from uuid import uuid4

import pytest

from tests.warehouse.warehouse_samples import (
    ALIAS,
    ARTICLE,
    ARTICLE_ID,
    BATCH,
    FEED,
    FEED_STATE,
    KNOWN_ONE,
    KNOWN_TWO,
    LATER,
    NOON,
    OBSERVATION,
    PENDING_ENTRY,
    ROBOTS,
    RUN,
    SECOND,
)
from warehouse import read
from warehouse.batch import Batch
from warehouse.load import load


@pytest.fixture
def filled(store):
    load(store, BATCH)
    return store


def test_states_are_read_for_the_feeds_asked(filled):
    assert read.feed_states(filled, ["example", "unknown"]) == {"example": FEED_STATE}
    assert read.feed_states(filled, []) == {}


def test_known_entries_are_read_by_feed_and_key_together(filled):
    load(filled, Batch(known_entries=(replace(KNOWN_ONE, feed_id="other"),)))

    asked = [("example", "one"), ("example", "two"), ("other", "two"), ("example", "one")]
    assert read.known_entries(filled, asked) == {("example", "one"): KNOWN_ONE, ("example", "two"): KNOWN_TWO}
    assert read.known_entries(filled, []) == {}


def test_keys_are_values_whatever_they_say(filled):
    assert read.known_entries(filled, [("example", "'; drop table runs; --"), ("", "\x00")]) == {}
    assert read.open_runs(filled) == (RUN,)


def test_aliases_lead_to_articles(filled):
    assert read.aliases(filled, [ALIAS.alias_key, 1, 2**64 - 1]) == {ALIAS.alias_key: ARTICLE_ID}
    assert read.aliases(filled, []) == {}


def test_articles_are_read_by_id(filled):
    assert read.articles(filled, [ARTICLE_ID, uuid4()]) == {ARTICLE_ID: ARTICLE}


def test_the_latest_observation_is_the_newest_page_as_cleaned_last(filled):
    hour = timedelta(hours=1)
    newer_page = replace(OBSERVATION, content_hash="hash-b", observed_at=NOON + hour, recorded_at=NOON + hour, page_id=uuid4())
    recleaned = replace(newer_page, content_hash="hash-c", recorded_at=NOON + 2 * hour, cause="reclean", ruleset_id="rules-2")
    older_recleaned = replace(OBSERVATION, content_hash="hash-d", recorded_at=NOON + 3 * hour, cause="reclean")
    load(filled, Batch(article_observations=(recleaned, older_recleaned, newer_page)))

    assert read.latest_observations(filled, [ARTICLE_ID, uuid4()]) == {
        ARTICLE_ID: read.LatestObservation(
            ARTICLE_ID, "hash-c", "meta-a", NOON + hour, OBSERVATION.extractor, "rules-2", None, OBSERVATION.flags, "hash-c"
        )
    }


def test_pending_entries_come_when_they_are_due_and_go_when_they_have_ended(filled):
    due = PENDING_ENTRY.next_try_at

    assert read.pending_entries(filled, kind="feed", now=due - timedelta(seconds=1), limit=9) == ()
    assert read.pending_entries(filled, kind="feed", now=due, limit=9) == (PENDING_ENTRY,)
    load(filled, SECOND)
    assert read.pending_entries(filled, kind="feed", now=LATER, limit=9) == ()


def test_pending_entries_that_were_tried_while_the_clock_was_ahead_are_due_once_that_is_set_back(store):
    ahead = replace(PENDING_ENTRY, recorded_at=NOON + timedelta(days=365), next_try_at=NOON + timedelta(days=365, hours=3))
    load(store, Batch(feeds=(FEED,), entry_outcomes=(ahead,)))

    assert read.pending_entries(store, kind="feed", now=ahead.recorded_at, limit=9) == ()
    assert read.pending_entries(store, kind="feed", now=NOON, limit=9) == (ahead,)


def test_pending_entries_that_waited_longest_come_first_and_no_more_than_asked(store):
    waiting = [replace(PENDING_ENTRY, entry_key=str(n), next_try_at=None, recorded_at=NOON - timedelta(hours=n % 5)) for n in range(10)]
    load(store, Batch(feeds=(FEED,), entry_outcomes=tuple(waiting)))

    keys = [row.entry_key for row in read.pending_entries(store, kind="feed", now=NOON, limit=5)]
    assert keys == ["4", "9", "3", "8", "2"]


def test_open_runs_are_those_that_have_not_ended(filled):
    load(filled, Batch(runs=(replace(RUN, run_id=uuid4(), status="completed", finished_at=LATER),)))

    assert read.open_runs(filled) == (RUN,)
    assert read.open_runs(filled)[0].started_at.tzinfo is UTC


def test_a_host_file_is_read_while_it_holds_and_one_that_could_not_be_had_for_longer(store):
    failing = replace(ROBOTS, origin="https://down.example", content=None, failing_since=NOON)
    load(store, Batch(host_files=(ROBOTS, failing)))
    before, after = ROBOTS.expires_at - timedelta(seconds=1), ROBOTS.expires_at

    assert read.host_files(store, now=before, most=9, most_bytes=999) == (failing, ROBOTS)
    assert read.host_files(store, now=after, most=9, most_bytes=999) == (failing,)


def test_of_host_files_only_the_newest_are_read_up_to_a_number_and_a_length(store):
    rows = [replace(ROBOTS, origin=f"https://h{n}.example", content="ä" * 10, fetched_at=NOON + timedelta(seconds=n)) for n in range(4)]
    load(store, Batch(host_files=tuple(rows)))

    assert read.host_files(store, now=NOON, most=2, most_bytes=999) == tuple(rows[2:])
    assert read.host_files(store, now=NOON, most=9, most_bytes=60) == tuple(rows[1:])
    assert read.host_files(store, now=NOON, most=9, most_bytes=19) == ()
