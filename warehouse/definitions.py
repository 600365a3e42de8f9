"""What is made anew whenever its text changes: the views, and the documentation of every relation and column."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.columns import arrow_table
from warehouse.session import staged, transaction
from warehouse.statements import statement

if TYPE_CHECKING:
    from datetime import datetime

    import duckdb

VIEWS = (
    "article_readings",
    "article_versions",
    "articles_current",
    "blocks",
    "boilerplate_removed",
    "daily_volume",
    "gaps",
    "feed_volume",
    "feed_health",
    "learned_rules_current",
    "overrides_current",
    "publisher_overview",
    "rejects",
    "rule_firings",
    "repeated_texts",
    "run_overview",
    "cleaning_alarms",
    "near_duplicates",
    "near_duplicate_clusters",
    "syndication",
    "shared_paragraphs",
    "feed_alarms",
    "publication_lags",
)
"""In an order in which each finds what it reads."""

DOCS = "schema_docs.tsv"


@dataclass(frozen=True, slots=True)
class Doc:
    """The documentation of a relation (column_name is None) or of one of its columns. unit: None where there is none."""

    relation: str
    column_name: str | None
    unit: str | None
    meaning: str


def docs() -> tuple[Doc, ...]:
    """The packaged documentation, in the order of its file."""
    lines = csv.reader(statement(DOCS).splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(Doc(relation, column or None, unit or None, meaning) for relation, column, unit, meaning in lines)


def apply_definitions(connection: duckdb.DuckDBPyConnection, *, now: datetime, code_version: str) -> bool:
    """Make views and comments anew, in one transaction, unless the file carries exactly these. Whether that was needed."""
    digest = _digest()
    if connection.execute(statement("queries/migrate/read_definitions.sql")).fetchall() == [(digest,)]:
        return False
    with transaction(connection):
        _drop_former_views(connection)
        for name in VIEWS:
            connection.execute(statement(f"views/{name}.sql"))
        _replace_docs(connection)
        for doc in docs():
            connection.execute(_comment(doc))
        connection.execute("delete from applied_definitions")
        connection.execute(
            statement("queries/migrate/record_definitions.sql"), {"sha256": digest, "applied_at": now, "code_version": code_version}
        )
    return True


def _digest() -> str:
    texts = [statement(f"views/{name}.sql") for name in VIEWS] + [statement(DOCS)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _drop_former_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Views that an earlier version made and this one has no more must not stay behind; views that a person added do."""
    for (name,) in connection.execute(statement("queries/migrate/views_of_ours.sql")).fetchall():
        connection.execute(f"drop view {_identifier(name)}")


def _replace_docs(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from schema_docs")
    with staged(connection, arrow_table(Doc, docs())):
        connection.execute(statement("queries/migrate/insert_docs.sql"))


def _comment(doc: Doc) -> str:
    """A comment takes no parameters: identifiers and text, all packaged with the code, are quoted here."""
    text = _literal(f"{doc.meaning} [{doc.unit}]" if doc.unit else doc.meaning)
    if doc.column_name:
        return f"comment on column {_identifier(doc.relation)}.{_identifier(doc.column_name)} is {text}"
    return f"comment on {'view' if doc.relation in VIEWS else 'table'} {_identifier(doc.relation)} is {text}"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
