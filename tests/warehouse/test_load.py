"""A batch is loaded wholly or not at all, and never twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from tests.warehouse.warehouse_samples import (
    ARTICLE,
    ARTICLE_ID,
    BATCH,
    FEED,
    FEED_STATE,
    KNOWN_ONE,
    KNOWN_TWO,
    LATER,
    LEDGER,
    NOON,
    OBSERVATION,
    PENDING_ENTRY,
    POLL_ID,
    ROBOTS,
    RUN,
    SECOND,
    SECOND_ID,
    TEXT,
)
from warehouse.batch import Batch
from warehouse.errors import WarehouseError
from warehouse.load import Loaded, load
from warehouse.manifest import count_rows
from warehouse.rows import FinishedEntryRow
from warehouse.tables import TABLES

if TYPE_CHECKING:
    import duckdb


def contents(store: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[object, ...]]]:
    return {table.name: sorted(store.table(table.name).fetchall(), key=repr) for table in TABLES}


def pending_row(store: duckdb.DuckDBPyConnection) -> tuple[object, ...]:
    row = store.execute(
        "select outcome, reason, article_id, attempts, next_try_at, recorded_at from entry_outcomes where entry_key = 'two'"
    ).fetchone()
    assert row
    return row


def test_every_row_of_a_batch_is_counted_and_stored(store):
    assert load(store, BATCH) == Loaded(**{table.name: len(getattr(BATCH, table.name)) for table in TABLES})

    assert {name: count for name, count in count_rows(store) if name in {table.name for table in TABLES}} == {
        table.name: len(getattr(BATCH, table.name)) for table in TABLES
    }


def test_values_come_back_as_they_went_in(store):
    load(store, BATCH)

    text, links, hash_, at = store.execute(
        "select t.text, list_transform(b.blocks, x -> x.link_density), b.blocks[1].text_hash, o.observed_at "
        "from article_texts t join article_blocks b using (article_id) join article_observations o using (article_id)"
    ).fetchone()
    assert (text, links, hash_, at) == (TEXT.text, [0.1, 0.1, 0.1], 2**64 - 1, NOON)


def test_a_batch_loaded_again_changes_nothing(store):
    load(store, BATCH)
    load(store, SECOND)
    before = contents(store)

    assert load(store, BATCH) == Loaded()
    assert load(store, SECOND) == Loaded()
    assert contents(store) == before


def test_a_ledger_without_a_snapshot_is_stored_once(store):
    load(store, Batch(article_blocks=(LEDGER, LEDGER, replace(LEDGER, snapshot_id="s1"))))

    assert load(store, Batch(article_blocks=(LEDGER,))).article_blocks == 0
    assert dict(count_rows(store))["article_blocks"] == 2


def test_of_rows_equal_in_key_the_first_counts(store):
    load(store, Batch(article_texts=(TEXT, replace(TEXT, title="another"))))

    assert store.execute("select title from article_texts").fetchall() == [(TEXT.title,)]


def test_a_stored_text_is_never_overwritten(store):
    load(store, BATCH)
    load(store, Batch(article_texts=(replace(TEXT, text="changed"),), articles=(replace(ARTICLE, canonical_url="changed"),)))

    assert store.execute("select text, canonical_url from article_texts join articles using (article_id)").fetchall() == [
        (TEXT.text, ARTICLE.canonical_url)
    ]


def test_a_run_is_written_when_it_starts_and_again_when_it_ends(store):
    load(store, Batch(runs=(RUN,)))
    load(store, Batch(runs=(replace(RUN, status="completed", finished_at=LATER),)))
    load(store, Batch(runs=(RUN,)))

    assert store.execute("select status, finished_at from runs").fetchall() == [("completed", LATER)]


def test_a_feed_follows_its_configuration_and_keeps_the_day_it_was_added(store):
    load(store, Batch(feeds=(FEED,)))
    load(store, Batch(feeds=(replace(FEED, url="https://news.example/atom", added_at=LATER),)))

    assert store.execute("select url, added_at from feeds").fetchall() == [("https://news.example/atom", NOON)]


def test_the_newer_answer_of_a_host_wins_in_whatever_order_they_are_loaded(store):
    refused = replace(ROBOTS, outcome="unreachable", http_status=503, content=None, refuses_front_page=True, fetched_at=LATER)
    load(store, Batch(host_files=(refused, replace(ROBOTS, path="/.well-known/tdmrep.json"))))
    load(store, Batch(host_files=(ROBOTS,)))

    assert store.execute("select path, outcome, content from host_files order by path").fetchall() == [
        ("/.well-known/tdmrep.json", "ok", ROBOTS.content),
        ("/robots.txt", "unreachable", None),
    ]


def test_the_newer_state_of_a_feed_wins_in_whatever_order_they_are_loaded(store):
    newer = replace(FEED_STATE, etag='"2"', updated_at=LATER)
    load(store, Batch(feed_states=(newer,)))
    load(store, Batch(feed_states=(FEED_STATE,)))

    assert store.execute("select etag from feed_states").fetchall() == [('"2"',)]


def test_a_known_entry_keeps_its_article_when_it_is_seen_again(store):
    load(store, Batch(known_entries=(KNOWN_ONE,)))
    load(store, Batch(known_entries=(replace(KNOWN_ONE, fingerprint=1, article_id=None, seen_at=LATER),)))

    assert store.execute("select fingerprint, article_id, seen_at from known_entries").fetchall() == [(1, ARTICLE_ID, LATER)]


def test_the_end_of_a_pending_entry_is_written_to_its_outcome_and_to_the_known_entry(store):
    load(store, BATCH)

    assert load(store, SECOND).finished_entries == 1
    assert pending_row(store) == ("loaded", None, SECOND_ID, 2, None, LATER)
    assert store.execute("select article_id from known_entries where entry_key = 'two'").fetchall() == [(SECOND_ID,)]


def test_an_entry_that_has_ended_is_not_ended_again(store):
    load(store, BATCH)
    load(store, SECOND)
    late = FinishedEntryRow(POLL_ID, "two", "rejected", "http_error", ARTICLE_ID, 3, None, LATER)

    assert load(store, Batch(finished_entries=(late,))).finished_entries == 0
    assert pending_row(store)[0] == "loaded"
    assert store.execute("select article_id from known_entries where entry_key = 'two'").fetchall() == [(SECOND_ID,)]


def test_an_attempt_that_was_counted_is_not_undone_by_loading_an_older_batch_again(store):
    put_off = [FinishedEntryRow(POLL_ID, "two", "pending", "timeout", None, n, NOON + timedelta(hours=n), NOON) for n in (2, 3)]
    for row in (*put_off, put_off[0]):
        load(store, replace(BATCH, finished_entries=(row,)))

    assert pending_row(store)[3:5] == (3, NOON + timedelta(hours=3))


def test_an_entry_can_be_recorded_and_ended_by_the_same_batch(store):
    load(store, replace(SECOND, entry_outcomes=(PENDING_ENTRY,), known_entries=(KNOWN_TWO,)))

    assert pending_row(store)[:3] == ("loaded", None, SECOND_ID)


@pytest.mark.parametrize(
    "text",
    ["nul \x00 inside", "x" * 100_000, "a\u0301e\u200d🏳️‍🌈", "'; drop table runs; --", "\u202eabc\r\n"],
    ids=["nul", "long", "combining", "quotes", "directions"],
)
def test_any_text_is_stored_as_it_is(store, text):
    load(store, Batch(article_texts=(replace(TEXT, title=text, text=text),)))

    assert store.execute("select title, text from article_texts").fetchall() == [(text, text)]


@pytest.mark.parametrize(
    "row",
    [
        replace(TEXT, title="\ud800"),
        replace(TEXT, word_count=2**40),
        replace(TEXT, word_count="five"),
        replace(TEXT, article_id="no uuid"),
    ],
    ids=["surrogate", "overflow", "no number", "no uuid"],
)
def test_a_value_that_fits_no_column_fails_the_whole_batch_and_writes_nothing(store, row):
    with pytest.raises(WarehouseError, match="article_texts"):
        load(store, replace(BATCH, article_texts=(row,)))

    assert not any(rows for rows in contents(store).values())


def test_what_a_batch_held_cannot_break_the_line_that_reports_it(store):
    with pytest.raises(WarehouseError) as caught:
        load(store, Batch(article_texts=(replace(TEXT, word_count="5\nERROR all is lost\x1b[2J\u202e" + "x" * 10_000),)))

    assert str(caught.value).isprintable()
    assert len(str(caught.value)) < 1_000


def test_an_instant_without_a_zone_is_refused(store):
    with pytest.raises(WarehouseError, match="observed_at holds an instant without a time zone"):
        load(store, Batch(article_observations=(replace(OBSERVATION, observed_at=datetime(2026, 3, 1)),)))  # noqa: DTZ001


class Interrupted(BaseException):
    """Stands for whatever ends a load early."""


def test_a_load_that_ends_before_its_commit_leaves_nothing(store):
    def interrupt(phase):
        raise Interrupted(phase)

    with pytest.raises(Interrupted, match=r"load\.in_transaction"):
        load(store, BATCH, on_phase=interrupt)

    assert not any(rows for rows in contents(store).values())
    assert load(store, BATCH).articles == 1


def test_phases_are_told_in_order_and_the_second_after_the_commit(store):
    told = []

    def note(phase):
        told.append((phase, dict(count_rows(store.cursor()))["articles"]))

    load(store, BATCH, on_phase=note)

    assert told == [("load.in_transaction", 0), ("load.committed", 1)]


def test_two_thousand_observations_are_found_again_among_themselves(store):
    rows = tuple(replace(OBSERVATION, page_id=uuid4(), observed_at=NOON + timedelta(seconds=n)) for n in range(2_000))
    load(store, Batch(article_observations=rows[:1_500]))

    assert load(store, Batch(article_observations=rows)).article_observations == 500
