"""What is made anew whenever its text changes: table macros, views, and the documentation of every relation, parameter and column."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.columns import arrow_table
from warehouse.quoting import identifier, literal
from warehouse.session import staged, transaction
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    import duckdb

VIEWS = (
    "article_readings",
    "article_versions",
    "revisions",
    "revision_blocks",
    "articles_current",
    "blocks",
    "boilerplate_removed",
    "rechecks",
    "withdrawals",
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
    "template_health",
    "cleaning_alarms",
    "near_duplicates",
    "near_duplicate_clusters",
    "syndication",
    "shared_paragraphs",
    "feed_alarms",
    "publication_lags",
)
"""In an order in which each finds what it reads."""

MACROS = ("articles_at", "articles_as_of", "known_as_of", "article_versions_since", "search")
"""Table macros. Made before the views, which call them: they read tables, and each other in this order."""

PARTS_OF_MACROS = (
    "search_letters", "search_marks", "search_letter", "search_folded", "search_word", "search_spaceless", "search_phrase",
    "search_asked", "search_terms", "search_matches", "search_excerpt", "search_snippet", "cleaning_alarms_among",
)  # fmt: skip
"""Macros that table macros and views are written with; nobody else calls them, so they are not documented as relations are."""

COLUMNS_OF_ANOTHER = "*"
"""Stands for the columns of a macro where they are those of another relation, which the meaning names."""

DOCS = "schema_docs.tsv"


@dataclass(frozen=True, slots=True)
class Doc:
    """The documentation of a relation (column_name is None), of a column, or of a macro's parameter. unit: None where there is none."""

    relation: str
    column_name: str | None
    unit: str | None
    meaning: str


def docs() -> tuple[Doc, ...]:
    """The packaged documentation, in the order of its file."""
    lines = csv.reader(statement(DOCS).splitlines()[1:], delimiter="\t", quoting=csv.QUOTE_NONE)
    return tuple(Doc(relation, column or None, unit or None, meaning) for relation, column, unit, meaning in lines)


def apply_definitions(connection: duckdb.DuckDBPyConnection, *, now: datetime, code_version: str) -> bool:
    """Make macros, views and comments anew, in one transaction, unless the file carries exactly these. Whether that was needed."""
    digest = _digest()
    if connection.execute(statement("queries/migrate/read_definitions.sql")).fetchall() == [(digest,)]:
        return False
    with transaction(connection):
        _drop_former(connection)
        for file in _files():
            connection.execute(statement(file))
        _replace_docs(connection)
        for comment in _comments():
            connection.execute(comment)
        connection.execute("delete from applied_definitions")
        connection.execute(
            statement("queries/migrate/record_definitions.sql"), {"sha256": digest, "applied_at": now, "code_version": code_version}
        )
    return True


def _files() -> tuple[str, ...]:
    return (*(f"macros/{name}.sql" for name in (*PARTS_OF_MACROS, *MACROS)), *(f"views/{name}.sql" for name in VIEWS))


def _digest() -> str:
    texts = [statement(file) for file in (*_files(), DOCS)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _drop_former(connection: duckdb.DuckDBPyConnection) -> None:
    """What an earlier version made and this one has no more must not stay behind; views and macros that a person added do."""
    for (name,) in connection.execute(statement("queries/migrate/views_of_ours.sql")).fetchall():
        connection.execute(f"drop view {identifier(name)}")
    for (name,) in connection.execute(statement("queries/migrate/macros_of_ours.sql")).fetchall():
        connection.execute(f"drop macro table {identifier(name)}")


def _replace_docs(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("delete from schema_docs")
    with staged(connection, arrow_table(Doc, docs())):
        connection.execute(statement("queries/migrate/insert_docs.sql"))


def _comments() -> Iterator[str]:
    """Statements. A comment takes no parameters: identifiers and text, all packaged with the code, are quoted here."""
    for doc in docs():
        if doc.column_name is None:
            yield f"comment on {_kind(doc.relation)} {identifier(doc.relation)} is {literal(_whole_meaning(doc))}"
        elif doc.relation not in MACROS:
            yield f"comment on column {identifier(doc.relation)}.{identifier(doc.column_name)} is {literal(_meaning(doc))}"


def _kind(relation: str) -> str:
    return "macro table" if relation in MACROS else "view" if relation in VIEWS else "table"


def _whole_meaning(relation: Doc) -> str:
    """Parameters and columns of a macro take no comment of their own: its comment tells them all."""
    if relation.relation not in MACROS:
        return relation.meaning
    inner = (f"{doc.column_name}: {_meaning(doc)}" for doc in docs() if doc.relation == relation.relation and doc.column_name)
    return "; ".join([relation.meaning, *inner])


def _meaning(doc: Doc) -> str:
    return f"{doc.meaning} [{doc.unit}]" if doc.unit else doc.meaning
