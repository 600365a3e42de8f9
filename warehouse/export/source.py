"""What is exported: the SQL for a table, view or query, with its bounds and its order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.errors import ExportRefused
from warehouse.query import batches
from warehouse.quoting import identifier

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

BOUND = "first_seen_at"
DERIVED = {"day": "strftime(first_seen_at at time zone 'UTC', '%Y-%m-%d')", "month": "strftime(first_seen_at at time zone 'UTC', '%Y-%m')"}
"""Columns to partition by that relations with first_seen_at have besides their own: the UTC day and month of it."""


@dataclass(frozen=True, slots=True)
class Source:
    """A statement and its parameters. partition_by: columns of its result; its rows come sorted by them."""

    sql: str
    parameters: Mapping[str, object]
    partition_by: tuple[str, ...] = ()


def relation_source(
    published_path: Path, name: str, *, since: datetime | None = None, until: datetime | None = None, partition_by: Sequence[str] = ()
) -> Source:
    """Everything in a table or view, or what was first seen from `since` on and before `until`.

    Raises ExportRefused where it lacks the columns for that, QueryFailed where there is no such relation.
    """
    columns = _columns(published_path, f"select * from {identifier(name)}")  # noqa: S608 - quoted
    if (since or until) and BOUND not in columns:
        raise ExportRefused(f"{name} has no {BOUND}: write the bound as SQL, with --sql")
    derived = [column for column in partition_by if column not in columns and column in DERIVED and BOUND in columns]
    _refuse_unknown(partition_by, (*columns, *derived), name)
    bounds = [f"{BOUND} >= $since"] * (since is not None) + [f"{BOUND} < $until"] * (until is not None)
    sql = "\n".join(
        [
            f"select {', '.join(['*', *(f'{DERIVED[column]} as {identifier(column)}' for column in derived)])}",
            f"from {identifier(name)}",
            *([f"where {' and '.join(bounds)}"] if bounds else []),
            *_order(partition_by),
        ]
    )
    return Source(sql, {key: value for key, value in (("since", since), ("until", until)) if value is not None}, tuple(partition_by))


def query_source(published_path: Path, sql: str, *, partition_by: Sequence[str] = ()) -> Source:
    """The result of a query. Raises ExportRefused where it lacks a column, QueryFailed where it does not run."""
    if not partition_by:
        return Source(sql, {})
    inner = f"select * from (\n{sql.strip().rstrip(';')}\n)"  # noqa: S608 - a person's own SQL
    _refuse_unknown(partition_by, _columns(published_path, inner), "the result")
    return Source("\n".join([inner, *_order(partition_by)]), {}, tuple(partition_by))


def _columns(published_path: Path, sql: str) -> tuple[str, ...]:
    with batches(published_path, f"{sql}\nlimit 0") as found:
        return tuple(found.schema.names)


def _refuse_unknown(partition_by: Sequence[str], columns: Sequence[str], name: str) -> None:
    for column in partition_by:
        if column not in columns:
            raise ExportRefused(f"{name} has no column {column} to partition by: it has {', '.join(columns)}")
    if len(set(partition_by)) < len(partition_by) or 0 < len(columns) <= len(partition_by):
        raise ExportRefused("name each column to partition by once, and leave at least one for the files")


def _order(partition_by: Sequence[str]) -> list[str]:
    return [f"order by {', '.join(map(identifier, partition_by))}"] if partition_by else []
