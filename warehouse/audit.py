"""Counts the warehouse against itself: every audit is a query whose rows are violations of the rule in its first line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.statements import file_names, statement

if TYPE_CHECKING:
    from uuid import UUID

    import duckdb


@dataclass(frozen=True, slots=True)
class Violation:
    """audit: name of the query. rule: what should hold. subject: the rows concerned, by their key. detail: what is there instead."""

    audit: str
    rule: str
    subject: str
    detail: str


def audit(connection: duckdb.DuckDBPyConnection, *, run_id: UUID | None) -> tuple[Violation, ...]:
    """Every violation, in order of audit and subject; none in a sound warehouse.

    run_id: look only at what that run wrote, and the articles and feeds it touched; None for everything.
    """
    return tuple(violation for name in audits() for violation in _violations(connection, name, run_id))


def audits() -> tuple[str, ...]:
    """Names of the audits."""
    return tuple(name.removesuffix(".sql") for name in file_names("audits"))


def rule_of(name: str) -> str:
    """What an audit holds the warehouse to, in a sentence."""
    return statement(f"audits/{name}.sql").partition("\n")[0].removeprefix("-- ")


def _violations(connection: duckdb.DuckDBPyConnection, name: str, run_id: UUID | None) -> list[Violation]:
    found = connection.execute(statement(f"audits/{name}.sql"), {"run_id": run_id}).fetchall()
    return sorted((Violation(name, rule_of(name), subject, detail) for subject, detail in found), key=lambda violation: violation.subject)
