"""What is odd: about the newest articles of publishers (cleaning takes more or less than it did, rules fell silent), and about polls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.read import rows_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    import duckdb

    from warehouse.watermark import Watermark


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
    """What the polls of one run noticed, in order."""
    return tuple(rows_of(PollAlarm, connection.execute(statement("queries/report/poll_alarms.sql"), {"run_id": run_id}).fetchall()))


def alarms(connection: duckdb.DuckDBPyConnection, publisher_ids: Collection[str] | None = None) -> tuple[Alarm, ...]:
    """In order of publisher, alarm and rule. publisher_ids: of these alone; None for all."""
    given = {"publisher_ids": None if publisher_ids is None else sorted(publisher_ids)}
    return tuple(rows_of(Alarm, connection.execute(statement("queries/report/alarms.sql"), given).fetchall()))


def publishers_to_tell_of(connection: duckdb.DuckDBPyConnection, *, before: Watermark, began: datetime) -> tuple[str, ...]:
    """Those of which a run tells alarms. before: rows of tables when it began, at `began`.

    Alarms read the newest 60 articles of a publisher, so they are asked for once for every ten that come, not at every run.
    """
    given = {"articles_before": before.articles, "began": began}
    found = connection.execute(statement("queries/report/publishers_to_tell_of.sql"), given).fetchall()
    return tuple(publisher_id for (publisher_id,) in found)
