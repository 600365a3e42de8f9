"""What analysts open: one row of what it says, and no two that disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4, uuid5

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.warehouse.warehouse_samples import (
    ARTICLE_ID,
    BATCH,
    FEED,
    FEED_STATE,
    LATER,
    LEDGER,
    METADATA,
    NOON,
    OBSERVATION,
    PAGE,
    PAGE_ID,
    POLL,
    RUN,
    RUN_ID,
    SECOND,
    SECOND_ID,
    SPACE,
    TEXT,
    block,
    ledger,
)
from warehouse.batch import Batch
from warehouse.connect import live
from warehouse.definitions import MACROS, VIEWS
from warehouse.load import load
from warehouse.migrate import migrate
from warehouse.rows import ChangedBlock, FinishedEntryRow, TextChangeRow
from warehouse.run_report import PublisherVolume, Removal, publisher_volumes, removals

HOUR = timedelta(hours=1)


@pytest.fixture
def filled(store):
    load(store, BATCH)
    load(store, SECOND)
    return store


def rows(store, sql):
    return store.execute(sql).fetchall()


def text(name):
    return replace(TEXT, content_hash=name, text=name)


def observed(name, hours, *, recorded=None, cause="fetch"):
    """The article with the text `name`, seen `hours` after noon, and cleaned `recorded` hours after noon."""
    at, recorded_at = NOON + hours * HOUR, NOON + (hours if recorded is None else recorded) * HOUR
    page_id = uuid5(SPACE, f"page {hours}")
    return replace(OBSERVATION, content_hash=name, observed_at=at, recorded_at=recorded_at, page_id=page_id, cause=cause)


def of_one_article(*observations):
    names = {observation.content_hash for observation in observations}
    return replace(BATCH, article_texts=tuple(text(name) for name in sorted(names)), article_observations=observations)


def versions(store):
    return rows(store, "select version, content_hash, observed_from, observed_until from article_versions order by version")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_of_an_empty_store_is_empty(store, view):
    assert rows(store, f"select * from {view}") == []  # noqa: S608 - names of our own views


def test_a_text_that_comes_back_is_a_third_version(store):
    load(store, of_one_article(observed("a", 0), observed("b", 1), observed("a", 2)))

    assert versions(store) == [(1, "a", NOON, NOON + HOUR), (2, "b", NOON + HOUR, NOON + 2 * HOUR), (3, "a", NOON + 2 * HOUR, None)]


def test_a_text_seen_again_unchanged_is_no_version(store):
    load(store, of_one_article(observed("a", 0), observed("a", 1), observed("b", 2), observed("b", 3)))

    assert [(version, name) for version, name, *_ in versions(store)] == [(1, "a"), (2, "b")]


def test_a_page_cleaned_again_counts_as_cleaned_last_and_is_no_version_of_its_own(store):
    cleaned_again = (observed("A", 0, recorded=9, cause="reclean"), observed("B", 1, recorded=9, cause="reclean"))
    load(store, of_one_article(observed("a", 0), observed("b", 1), *cleaned_again))

    assert [(version, name) for version, name, *_ in versions(store)] == [(1, "A"), (2, "B")]
    assert rows(store, "select text from articles_current") == [("B",)]


def test_a_text_that_only_another_cleaning_changed_is_no_version_however_often_it_was_seen(store):
    """Seen twice, then cleaned again when a third page came in that other rules had cleaned: one version, shown as cleaned last."""
    again = observed("A", 1, recorded=2, cause="reclean")
    load(store, of_one_article(observed("a", 0), observed("a", 1), again, observed("A", 2), observed("B", 3)))

    assert versions(store) == [(1, "A", NOON, NOON + 3 * HOUR), (2, "B", NOON + 3 * HOUR, None)]


@pytest.mark.parametrize(("ruleset_id", "body_hash", "count"), [("rules-2", "feed", 1), ("rules-2", "other", 2), ("rules-1", "feed", 2)])
def test_the_same_bytes_that_other_rules_read_otherwise_are_no_version(store, ruleset_id, body_hash, count):
    before, after = observed("a", 0), replace(observed("b", 1), ruleset_id=ruleset_id)
    pages = (replace(PAGE, page_id=before.page_id), replace(PAGE, page_id=after.page_id, body_hash=body_hash))
    load(store, replace(of_one_article(before, after), pages=pages))

    assert [version for version, *_ in versions(store)] == list(range(1, count + 1))


def worded(name, material):
    return replace(text(name), material_hash=material)


MATERIAL = {"a": "A", "a again": "A", "b": "B", "c": "C", "c again": "C", "older": None}
WORDINGS = tuple(worded(name, material) for name, material in MATERIAL.items())


def test_a_text_in_another_form_is_the_same_version_and_the_last_form_is_shown(store):
    observations = (observed("a", 0), observed("a again", 1), observed("b", 2), observed("a", 3), observed("a again", 4))
    load(store, replace(of_one_article(*observations), article_texts=WORDINGS))

    assert [(version, name) for version, name, *_ in versions(store)] == [(1, "a again"), (2, "b"), (3, "a again")]
    assert rows(store, "select last_observed_at from article_versions where version = 1") == [(NOON + HOUR,)]


SIGHTINGS = (
    observed("a", 0),
    observed("a again", 1),
    observed("b", 2),
    observed("a", 2, recorded=9, cause="reclean"),
    observed("older", 3),
    observed("older", 4),
    observed("c", 5),
    observed("c again", 6),
    observed("b", 7),
)


@settings(max_examples=8, deadline=None)
@given(order=st.permutations(SIGHTINGS), sizes=st.lists(st.integers(1, 4), min_size=9, max_size=9))
def test_versions_and_revisions_are_the_same_in_any_order_and_batching_and_if_loads_are_repeated(order, sizes):
    with TemporaryDirectory() as folder, live(Path(folder) / "live.duckdb", wait_seconds=0) as store:
        migrate(store, now=NOON, code_version="1.0")
        load(store, replace(of_one_article(*order), article_observations=(), article_texts=WORDINGS))
        left = list(order)
        for size in sizes:
            batch = Batch(article_observations=tuple(left[:size]))
            load(store, batch)
            load(store, batch)
            left = left[size:]

        assert [(version, name) for version, name, *_ in versions(store)] == [(1, "a"), (2, "older"), (3, "c again"), (4, "b")]
        assert rows(store, "select version, before_hash, after_hash from revisions order by version") == [
            (2, "a", "older"),
            (3, "older", "c again"),
            (4, "c again", "b"),
        ]


CHANGE = TextChangeRow(
    ARTICLE_ID, "One\n\nTwo", "Two\n\nThree", 1, "addition", ("addition", "minor"), 1, 1, 0, 0, 1, 1, (),
    (ChangedBlock("removed", 0, None, 0, 1, figures=False), ChangedBlock("added", None, 1, 1, 0, figures=False)), NOON, RUN_ID,
)  # fmt: skip


def test_a_revision_shows_its_newest_comparison_and_each_changed_block_with_both_texts(store):
    load(store, of_one_article(observed("One\n\nTwo", 0), observed("Two\n\nThree", 2)))
    assert rows(store, "select version, kind, last_seen_before_at, seen_at from revisions") == [(2, None, NOON, NOON + 2 * HOUR)]

    load(store, Batch(text_changes=(replace(CHANGE, kind="minor"), replace(CHANGE, method=2))))

    assert rows(store, "select version, kind, kinds, blocks_added from revisions") == [(2, "addition", ["addition", "minor"], 1)]
    assert rows(store, "select position, change, text_before, text_after from revision_blocks order by position") == [
        (1, "removed", "One", None),
        (2, "added", None, "Three"),
    ]


def test_versions_that_a_new_cleaning_makes_equal_become_one(store):
    load(store, of_one_article(observed("a", 0), observed("b", 1), observed("a", 1, recorded=9, cause="reclean")))

    assert [(version, name) for version, name, *_ in versions(store)] == [(1, "a")]


@settings(max_examples=8, deadline=None)
@given(
    order=st.permutations(
        [observed("a", 0), observed("b", 1), observed("a", 1, recorded=8), observed("c", 2), observed("c", 3, recorded=5), observed("a", 4)]
    )
)
def test_versions_are_the_same_in_whatever_order_observations_are_loaded(order):
    with TemporaryDirectory() as folder, live(Path(folder) / "live.duckdb", wait_seconds=0) as store:
        migrate(store, now=NOON, code_version="1.0")
        load(store, replace(of_one_article(*order), article_observations=()))
        for observation in order:
            load(store, Batch(article_observations=(observation,)))

        assert [(version, name) for version, name, *_ in versions(store)] == [(1, "a"), (2, "c"), (3, "a")]


def test_the_current_article_is_its_last_version(store):
    load(store, of_one_article(observed("a", 0), observed("b", 1), observed("c", 1, recorded=5), observed("d", 0, recorded=7)))

    (last,) = rows(store, "select content_hash from article_versions where observed_until is null")
    assert rows(store, "select content_hash from articles_current") == [last] == [("c",)]


OBSERVATIONS = (
    observed("a", 0),
    observed("b", 2),
    observed("B", 2, recorded=5, cause="reclean"),
    observed("A", 0, recorded=6, cause="reclean"),
    observed("c", 4),
)


@pytest.mark.parametrize(("hours", "shown"), [(-1, []), (0, ["A"]), (1.5, ["A"]), (2, ["B"]), (3.9, ["B"]), (4, ["c"]), (99, ["c"])])
def test_an_article_as_of_an_instant_is_the_page_shown_then_as_it_is_read_today(store, hours, shown):
    load(store, of_one_article(*OBSERVATIONS))

    found = store.execute("select content_hash from articles_as_of($ts)", {"ts": NOON + hours * HOUR}).fetchall()
    assert found == [(name,) for name in shown]


@pytest.mark.parametrize(("hours", "known"), [(-1, []), (0, ["a"]), (2, ["b"]), (4, ["c"]), (5.5, ["c"]), (99, ["c"])])
def test_an_article_known_as_of_an_instant_is_what_was_recorded_by_then(store, hours, known):
    load(store, of_one_article(*OBSERVATIONS))

    found = store.execute("select content_hash from known_as_of($ts)", {"ts": NOON + hours * HOUR}).fetchall()
    assert found == [(name,) for name in known]


def test_a_page_cleaned_again_later_was_known_as_it_was_cleaned_first(store):
    load(store, of_one_article(*(each for each in OBSERVATIONS if each.content_hash != "c")))

    assert rows(store, f"select content_hash from known_as_of('{NOON + 3 * HOUR}')") == [("b",)]  # noqa: S608 - an instant above
    assert rows(store, f"select content_hash from known_as_of('{NOON + 5 * HOUR}')") == [("B",)]  # noqa: S608 - an instant above


def test_a_late_backfill_changes_what_was_shown_then_and_not_what_was_known_then(store):
    load(store, of_one_article(observed("b", 2), observed("a", 0, recorded=9)))

    assert rows(store, f"select content_hash from articles_as_of('{NOON + HOUR}')") == [("a",)]  # noqa: S608 - an instant above
    assert rows(store, f"select content_hash from known_as_of('{NOON + HOUR}')") == []  # noqa: S608 - an instant above


@pytest.mark.parametrize("call", ["articles_as_of('infinity')", "known_as_of('infinity')", "articles_at('infinity', 'infinity')"])
def test_looking_back_from_the_end_of_time_shows_the_articles_as_they_are(store, call):
    load(store, of_one_article(*OBSERVATIONS))
    load(store, SECOND)

    now = rows(store, "select * from articles_current order by all")
    assert len(now) == 2
    assert store.sql(f"from {call}").columns == store.sql("from articles_current").columns
    assert rows(store, f"select * from {call} order by all") == now  # noqa: S608 - calls above


@pytest.mark.parametrize("macro", MACROS)
def test_a_macro_of_an_empty_store_is_empty(store, macro):
    (parameters,) = store.execute("select parameters from duckdb_functions() where function_name = $macro", {"macro": macro}).fetchone()
    assert store.table_function(macro, [None for _ in parameters]).fetchall() == []


def test_an_article_reads_as_its_publisher_wrote_it(filled):
    found = rows(filled, "select url, title, text, authors, published_at, flags, last_observed_at from articles_current order by url")

    assert found[0] == ("https://news.example/one", TEXT.title, TEXT.text, ["Ada", "Grace"], NOON, ["paywalled"], NOON)
    assert len(found) == 2


@pytest.mark.parametrize(
    ("precision", "published_at", "known"),
    [
        ("second", NOON - HOUR, (NOON - HOUR, "publisher")),
        ("second", NOON + HOUR, (NOON, "first seen")),
        ("day", None, (NOON, "first seen")),
        (None, None, (NOON, "first seen")),
    ],
)
def test_an_article_is_known_since_a_precise_date_or_since_it_was_first_seen(store, precision, published_at, known):
    load(store, replace(BATCH, article_metadata=(replace(METADATA, published_precision=precision, published_at=published_at),)))

    assert rows(store, "select known_at, known_by from articles_current") == [known]


def test_every_block_shows_its_text_kept_or_not(store):
    load(store, BATCH)

    found = rows(store, 'select position, verdict, "text", rule_id from blocks order by position')
    assert found == [
        (0, "kept", "Grüße 🎈 aus Köln.", None),
        (1, "removed", "Jetzt melden", "prompt"),
        (2, "kept", "Zweiter Absatz.", None),
    ]


def test_spans_count_code_points(store):
    family = "👩‍👩‍👧 e\u0301 🏳️‍🌈"
    spans = (0, len(family)), (len(family) + 2, len(family) + 5)
    blocks = ledger(*(block(at, None, "kept", span) for at, span in enumerate(spans)))
    load(store, replace(BATCH, article_texts=(replace(TEXT, text=f"{family}\n\nend"),), article_blocks=(replace(LEDGER, blocks=blocks),)))

    assert rows(store, 'select "text" from blocks order by position') == [(family,), ("end",)]


def test_removed_boilerplate_is_counted_once_per_article_as_it_stands(filled):
    recleaned = replace(OBSERVATION, ruleset_id="rules-2", recorded_at=LATER, cause="reclean")
    load(filled, Batch(article_observations=(recleaned,), article_blocks=(replace(LEDGER, ruleset_id="rules-2"),)))

    assert rows(filled, "select publisher_id, rule_id, reason, blocks, articles, characters, example from boilerplate_removed") == [
        ("news.example", "prompt", "because of prompt", 2, 2, 24, "Jetzt melden")
    ]


def test_a_day_of_volume_is_a_utc_day_wherever_the_reader_sits(store):
    load(store, replace(BATCH, articles=(replace(BATCH.articles[0], first_seen_at=datetime(2026, 3, 1, 23, 30, tzinfo=UTC)),)))
    store.execute("set TimeZone = 'Asia/Tokyo'")

    assert rows(store, "select publisher_id, day, articles, words, undated from daily_volume") == [("news.example", NOON.date(), 1, 5, 0)]


def test_a_text_that_two_articles_of_a_publisher_have_is_listed(store):
    load(store, BATCH)
    assert rows(store, "select * from repeated_texts") == []

    load(store, SECOND)
    found = rows(store, "select publisher_id, articles, titles, example_url, example from repeated_texts")
    assert found == [("news.example", 2, 1, "https://news.example/one", TEXT.text)]


def test_a_feed_that_nobody_polls_looks_dead(store):
    load(store, replace(BATCH, feeds=(FEED, replace(FEED, feed_id="silent"), replace(FEED, feed_id="import", kind="files"))))

    found = rows(store, "select feed_id, state, last_outcome, polls_24h, good_polls_24h, new_entries_24h from feed_health order by feed_id")
    assert found == [("example", "active", "ok", 0, 0, 0), ("silent", None, None, 0, 0, 0)]


def test_a_feed_polled_within_a_day_of_the_clock_is_counted(store):
    load(store, BATCH)
    store.execute("update polls set polled_at = now() - interval 1 hour")
    load(store, Batch(polls=(replace(POLL, poll_id=uuid4(), outcome="timeout", http_status=None, error="too slow", entry_count=None),)))

    found = rows(store, "select polls_24h, good_polls_24h, new_entries_24h, gaps_24h, wire_bytes_24h from feed_health")
    assert found == [(1, 1, 2, 0, 900)]


def test_rejects_are_what_was_refused_and_what_is_being_retried(filled):
    assert rows(filled, "select entry_url from rejects") == []
    load(filled, Batch(entry_outcomes=(replace(BATCH.entry_outcomes[1], entry_key="three", attempts=0),)))
    assert rows(filled, "select entry_url from rejects") == []

    ended = FinishedEntryRow(BATCH.polls[0].poll_id, "three", "rejected", "no_text", None, 1, None, LATER)
    load(filled, Batch(finished_entries=(ended,)))
    assert rows(filled, "select entry_url, outcome, reason, page_outcome, has_body from rejects") == [
        ("https://news.example/two", "rejected", "no_text", "ok", True)
    ]


def test_a_rejected_entry_that_became_an_article_after_all_names_it(filled):
    filled.execute("update entry_outcomes set outcome = 'rejected', reason = 'too_short', article_id = null where entry_key = 'two'")
    assert rows(filled, "select article_id from rejects") == [(SECOND_ID,)]

    filled.execute("update known_entries set article_id = null")
    assert rows(filled, "select article_id from rejects") == [(None,)]


@pytest.mark.parametrize(
    ("due", "state", "overdue"), [(-36, "active", 36), (-36, "backing_off", 36), (-36, "parked", None), (1, "active", None)]
)
def test_a_feed_is_overdue_by_the_clock_unless_it_is_parked(store, due, state, overdue):
    now = datetime.now(UTC)
    load(store, replace(BATCH, feed_states=(replace(FEED_STATE, state=state, next_due_at=now + due * HOUR),)))

    assert rows(store, "select round(hours_overdue, 2) from feed_health") == [(overdue,)]


def test_imported_files_are_no_feed_of_their_publisher(filled):
    load(filled, Batch(feeds=(replace(FEED, feed_id="files", kind="files"),)))

    assert rows(filled, "select feeds from publisher_overview") == [(1,)]


def test_a_run_is_summed_up_in_one_row(filled):
    load(filled, Batch(runs=(replace(RUN, status="completed", finished_at=NOON + timedelta(seconds=90)),)))

    columns = "status, duration_seconds, polls, entries, loaded, pending, pages, wire_bytes, observations"
    assert rows(filled, f"select {columns} from run_overview") == [("completed", 90, 1, 2, 2, 0, 3, 6_000, 2)]  # noqa: S608 - columns above


def test_a_publisher_is_summed_up_in_one_row(filled):
    load(filled, Batch(article_texts=(text("b"),), article_observations=(observed("b", 1),)))

    columns = "publisher_id, feeds, articles, revisions, words, undated"
    assert rows(filled, f"select {columns} from publisher_overview") == [("news.example", 1, 2, 1, 10, 0)]  # noqa: S608 - columns above


def test_a_run_brings_new_articles_and_revisions_of_older_ones(filled):
    later_run = uuid4()
    revised = replace(observed("b", 1), run_id=later_run)
    seen_again = replace(SECOND.article_observations[0], observed_at=NOON + HOUR, recorded_at=NOON + HOUR, run_id=later_run)
    load(filled, Batch(article_texts=(text("b"),), article_observations=(revised, seen_again)))

    assert publisher_volumes(filled, [RUN_ID]) == (PublisherVolume("news.example", 2, 0),)
    assert publisher_volumes(filled, [later_run]) == (PublisherVolume("news.example", 0, 1),)
    assert publisher_volumes(filled, [RUN_ID, later_run]) == (PublisherVolume("news.example", 2, 0),)
    assert publisher_volumes(filled, []) == ()


def test_a_run_that_cleans_an_article_again_does_not_revise_it(filled):
    later_run = uuid4()
    again = replace(observed("b", 0, recorded=2, cause="reclean"), run_id=later_run)
    seen = replace(observed("b", 1, recorded=2), run_id=later_run)
    load(filled, Batch(article_texts=(text("b"),), article_observations=(again, seen)))

    assert publisher_volumes(filled, [later_run]) == ()


def test_what_a_run_removed_is_shown_by_rule_with_an_example(filled):
    assert removals(filled, [RUN_ID]) == (Removal("prompt", "because of prompt", 2, 2, 24, "Jetzt melden"),)
    assert removals(filled, [uuid4()]) == ()


def test_versions_name_the_page_and_run_that_showed_them_first(filled):
    assert rows(filled, "select article_id, page_id, run_id from article_versions order by observed_from limit 1") == [
        (ARTICLE_ID, PAGE_ID, RUN_ID)
    ]
