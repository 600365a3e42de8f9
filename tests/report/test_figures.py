"""Every number of the report is the answer of a query that a reader can run."""

from __future__ import annotations

from dataclasses import astuple, fields, replace
from datetime import UTC, datetime, timedelta
from uuid import uuid5

import pytest

from flows import policy
from tests.warehouse.warehouse_samples import BATCH, FEED, FEED_STATE, NOON, POLL, SPACE
from warehouse.batch import Batch
from warehouse.figures.ask import Answer, Figures, figures, runnable
from warehouse.figures.window import Window
from warehouse.query import query
from warehouse.read import rows_of
from warehouse.statements import file_names

ANSWERS = [field.name for field in fields(Figures) if field.name not in {"window", "step"}]
CLOCK = datetime(2026, 3, 1, 12, 0, 0, 500, tzinfo=UTC)


def test_every_query_is_asked():
    assert sorted(ANSWERS) == [name.removesuffix(".sql") for name in file_names("queries/figures")]


@pytest.mark.parametrize("name", ANSWERS)
def test_the_query_that_is_shown_gives_the_numbers_that_are_shown(name, demo):
    answer: Answer = getattr(demo.figures(), name)
    shown = query(demo.copy, answer.query)
    again = [tuple(row) for row in shown.rows]

    assert "$" not in answer.query
    assert tuple(rows_of(type(answer.rows[0]), again) if again else ()) == answer.rows
    assert not answer.rows or list(shown.columns) == [field.name for field in fields(answer.rows[0])]


def test_all_of_a_publisher_is_of_that_publisher(demo):
    told = demo.figures(publisher="harbour-gazette.test")

    assert [row.publisher_id for row in told.publishers.rows] == ["harbour-gazette.test"]
    assert told.totals.rows[0].articles == told.publishers.rows[0].articles
    assert {row.publisher_id for row in (*told.feeds.rows, *told.gaps.rows, *told.gravest_revisions.rows)} == {"harbour-gazette.test"}
    assert told.clusters.rows
    assert all(
        "harbour-gazette.test" in {member.publisher_id for member in told.clusters.rows if member.cluster_id == row.cluster_id}
        for row in told.clusters.rows
    )


def test_what_lies_before_the_window_is_not_in_it_and_what_lies_in_the_window_before_is_compared(demo):
    whole = demo.figures().totals.rows[0]
    after = Window(demo.now, demo.now + timedelta(days=1))
    told = figures(demo.copy, after, policy.REPORT)

    assert (told.totals.rows[0].articles, told.totals.rows[0].articles_before) == (0, whole.articles)
    assert told.totals.rows[0].articles_ever == whole.articles
    assert not [name for name in ("volume", "publishers", "revisions", "clusters", "outcomes") if getattr(told, name).rows]


def test_parts_add_up_to_the_whole(demo):
    told = demo.figures()
    articles = told.totals.rows[0].articles

    assert sum(row.articles for row in told.volume.rows) == articles
    assert sum(row.articles for row in told.publishers.rows) == articles
    assert sum(row.articles for row in told.languages.rows) == articles
    assert sum(row.articles for row in told.published_days.rows) == articles - sum(row.undated for row in told.publishers.rows)
    assert sum(row.entries for row in told.outcomes.rows if row.outcome == "loaded") == articles
    assert sum(row.articles for row in told.lags.rows) == told.lags_by_publisher.rows[0].articles
    assert sum(row.loaded for row in told.runs.rows) == articles
    assert sum(row.revisions for row in told.revision_kinds.rows) == sum(row.revisions for row in told.revisions.rows)


def test_a_feed_is_late_if_nobody_asked_it_in_time_and_left_out_if_others_were_asked_since(filled):
    later = NOON + timedelta(hours=3)
    other = Batch(
        feeds=(replace(FEED, feed_id="other"),),
        polls=(replace(POLL, poll_id=uuid5(SPACE, "other"), feed_id="other", polled_at=later),),
        feed_states=(replace(FEED_STATE, feed_id="other", next_due_at=later + timedelta(hours=1)),),
    )

    def stands(*batches):
        told = figures(filled(BATCH, *batches), Window(NOON, later, None), policy.REPORT)
        return {feed.feed_id: feed.stands for feed in told.feeds.rows}

    assert stands()["example"] == "late"
    assert stands(other) == {"example": "left out", "other": "well"}


def test_an_empty_warehouse_answers_every_query(empty):
    told = empty.figures()
    assert astuple(told.totals.rows[0]) == (0, 0, 0, 0, 0, None, None, None)
    assert not [name for name in ANSWERS if name not in {"totals", "lags"} and getattr(told, name).rows]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "null"), (3, "3"), ("a", "'a'"), ("it's", "'it''s'"), (timedelta(minutes=45), "interval '2700 seconds'"),
        (CLOCK, "timestamptz '2026-03-01 12:00:00.000500+00'"),
    ],
)  # fmt: skip
def test_a_value_stands_in_the_query_as_sql(value, shown):
    assert runnable("select $value, 1", {"value": value}) == f"select {shown}, 1"
