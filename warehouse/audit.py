"""Counts the warehouse against itself: every audit is a query whose rows are violations of the rule in its first line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from warehouse.statements import file_names, statement
from warehouse.watermark import EMPTY

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    import duckdb

    from warehouse.watermark import Watermark

SET_BACK = timedelta(hours=1)
"""By how much a clock may be set back while a run is at work."""


@dataclass(frozen=True, slots=True)
class Violation:
    """audit: name of the query. rule: what should hold. subject: the rows concerned, by their key. detail: what is there instead."""

    audit: str
    rule: str
    subject: str
    detail: str


def audit(connection: duckdb.DuckDBPyConnection, *, run_id: UUID | None, before: Watermark = EMPTY) -> tuple[Violation, ...]:
    """Every violation, in order of audit and subject; none in a sound warehouse.

    run_id: look only at what that run wrote, and at what that names; None for everything.
    before: rows of tables when that run began, which are not looked at again.
    """
    [(began,)] = connection.execute(statement("queries/maintain/run_began.sql"), {"run_id": run_id}).fetchall()
    given = {"run_id": run_id, "since": began and began - SET_BACK, **before.parameters()}
    return tuple(violation for name in audits() for violation in _violations(connection, name, given))


def audits() -> tuple[str, ...]:
    """Names of the audits."""
    return tuple(name.removesuffix(".sql") for name in file_names("audits"))


def rule_of(name: str) -> str:
    """What an audit holds the warehouse to, in a sentence."""
    return statement(f"audits/{name}.sql").partition("\n")[0].removeprefix("-- ")


def _violations(connection: duckdb.DuckDBPyConnection, name: str, given: Mapping[str, object]) -> list[Violation]:
    (asked,) = connection.extract_statements(statement(f"audits/{name}.sql"))
    found = connection.execute(asked, {each: given[each] for each in asked.named_parameters}).fetchall()
    return sorted((Violation(name, rule_of(name), subject, detail) for subject, detail in found), key=lambda violation: violation.subject)
