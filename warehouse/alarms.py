"""What is odd: about the newest articles of publishers (cleaning takes more or less than it did, rules fell silent), and about polls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    import duckdb


@dataclass(frozen=True, slots=True)
class Alarm:
    """A row of the view cleaning_alarms.

    alarm: removed_more, removed_less (usual, found: median share of an article's characters), nothing_removed, rule_silent (usual: share of
    articles that it took something from, found: 0), template_disagreed (usual, found: agreement with the extractor), template_refused
    (share of pages). rule_id: of a silent rule, or the template, else None. example: of a silent rule, a block of the publisher's, escape
    it where it is shown. since, articles: when the first of the odd articles was first seen, or the template was retired, and how many
    articles there are.
    """

    publisher_id: str
    alarm: str
    rule_id: str | None
    since: datetime
    articles: int
    usual: float
    found: float
    example: str | None


@dataclass(frozen=True, slots=True)
class PollAlarm:
    """What polls of a run noticed: own_outage, gap, emptied, lying_304, ids_churn, fell_back. feed_id: of one of so many feeds."""

    alarm: str
    feeds: int
    feed_id: str


def poll_alarms(connection: duckdb.DuckDBPyConnection, run_id: UUID) -> tuple[PollAlarm, ...]:
    """Of one run, in order."""
    return tuple(rows_of(PollAlarm, connection.execute(statement("queries/report/poll_alarms.sql"), {"run_id": run_id}).fetchall()))


def alarms(connection: duckdb.DuckDBPyConnection, *, run_id: UUID | None = None, publisher_id: str | None = None) -> tuple[Alarm, ...]:
    """In order of publisher, alarm and rule. run_id: only of publishers whose articles that run observed."""
    given = {"run_id": run_id, "publisher_id": publisher_id}
    return tuple(rows_of(Alarm, connection.execute(statement("queries/report/alarms.sql"), given).fetchall()))
