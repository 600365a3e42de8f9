"""Runs the queries of the report on the published copy."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Generic, TypeVar

from warehouse.connect import published
from warehouse.figures import rows, text_rows
from warehouse.figures.window import Bounds, Window
from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import duckdb

Row = TypeVar("Row")
Value = str | int | datetime | timedelta | None

KEPT = ("publication_lags", "near_duplicate_clusters", "revisions")
"""Views that several queries ask, and that take seconds on a million articles: while the report is made, a table in memory stands before
each. No other view that the report asks reads them."""
PARAMETER = re.compile(r"\$([a-z_]+)")
STEPS = ((timedelta(days=3), "hour"), (timedelta(days=120), "day"), (timedelta(days=1_000), "week"))
"""Up to which length of time the report counts by what; by month beyond: some hundred numbers at most."""


@dataclass(frozen=True, slots=True)
class Answer(Generic[Row]):
    """query: the text that gave the rows, with the values in it, so that a reader can run it on the same copy."""

    query: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the report says. step: hour, day, week or month, of what it counts over time."""

    window: Window
    step: str
    totals: Answer[rows.Totals]
    volume: Answer[rows.Volume]
    published_days: Answer[rows.PublishedDay]
    publishers: Answer[rows.PublisherFigures]
    languages: Answer[rows.LanguageFigures]
    lags: Answer[rows.LagSpan]
    lags_by_publisher: Answer[rows.PublisherLag]
    removals: Answer[text_rows.RuleRemovals]
    clusters: Answer[text_rows.ClusterMember]
    firsts: Answer[text_rows.Firsts]
    revisions: Answer[text_rows.Revisions]
    revision_kinds: Answer[text_rows.RevisionKind]
    gravest_revisions: Answer[text_rows.GraveRevision]
    withdrawals: Answer[text_rows.Withdrawal]
    feeds: Answer[rows.StandingFeed]
    polls: Answer[rows.Polls]
    gaps: Answer[rows.Gap]
    outcomes: Answer[rows.EntryFates]
    runs: Answer[rows.PastRun]
    alarms: Answer[rows.StandingAlarm]


def figures(published_path: Path, window: Window, bounds: Bounds) -> Figures:
    """All of them, of one copy. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        given: dict[str, Value] = {
            "since": window.since, "until": window.until, "publisher_id": window.publisher_id, "rows": bounds.rows, "days": bounds.days,
            "clusters": bounds.clusters, "members": bounds.members, "articles": bounds.cleaned_articles, "step": "day",
            "late_after": bounds.late_after, "silent_after": bounds.silent_after,
        }  # fmt: skip
        for name in KEPT:
            _run(connection, f"kept/{name}", given)
        totals = ask(connection, "totals", rows.Totals, given)
        given["step"] = step = _step(window, totals.rows[0].first_in_window_at)
        return Figures(
            window=window,
            step=step,
            totals=totals,
            volume=ask(connection, "volume", rows.Volume, given),
            published_days=ask(connection, "published_days", rows.PublishedDay, given),
            publishers=ask(connection, "publishers", rows.PublisherFigures, given),
            languages=ask(connection, "languages", rows.LanguageFigures, given),
            lags=ask(connection, "lags", rows.LagSpan, given),
            lags_by_publisher=ask(connection, "lags_by_publisher", rows.PublisherLag, given),
            removals=ask(connection, "removals", text_rows.RuleRemovals, given),
            clusters=ask(connection, "clusters", text_rows.ClusterMember, given),
            firsts=ask(connection, "firsts", text_rows.Firsts, given),
            revisions=ask(connection, "revisions", text_rows.Revisions, given),
            revision_kinds=ask(connection, "revision_kinds", text_rows.RevisionKind, given),
            gravest_revisions=ask(connection, "gravest_revisions", text_rows.GraveRevision, given),
            withdrawals=ask(connection, "withdrawals", text_rows.Withdrawal, given),
            feeds=ask(connection, "feeds", rows.StandingFeed, given),
            polls=ask(connection, "polls", rows.Polls, given),
            gaps=ask(connection, "gaps", rows.Gap, given),
            outcomes=ask(connection, "outcomes", rows.EntryFates, given),
            runs=ask(connection, "runs", rows.PastRun, given),
            alarms=ask(connection, "alarms", rows.StandingAlarm, given),
        )


def ask(connection: duckdb.DuckDBPyConnection, name: str, row: type[Row], given: Mapping[str, Value]) -> Answer[Row]:
    """The rows of a query in queries/figures/, with those of the given values that it names."""
    return Answer(runnable(statement(f"queries/figures/{name}.sql"), given), tuple(rows_of(row, _run(connection, name, given).fetchall())))


def _run(connection: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, Value]) -> duckdb.DuckDBPyConnection:
    sql = statement(f"queries/figures/{name}.sql")
    return connection.execute(sql, {each: given[each] for each in set(PARAMETER.findall(sql))})


def runnable(sql: str, given: Mapping[str, Value]) -> str:
    """The query for a reader: each $name is replaced by its value. It is shown, never run here."""
    return PARAMETER.sub(lambda found: _literal(given[found[1]]), sql).rstrip()


def _literal(value: Value) -> str:
    if value is None:
        return "null"
    if isinstance(value, datetime):
        return f"timestamptz '{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}+00'"
    if isinstance(value, timedelta):
        return f"interval '{value // timedelta(seconds=1)} seconds'"
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"


def _step(window: Window, first_in_window_at: datetime | None) -> str:
    """What there is to draw begins with the first article of the window."""
    length = window.until - max(window.since, first_in_window_at or window.since)
    return next((step for longest, step in STEPS if length <= longest), "month")
