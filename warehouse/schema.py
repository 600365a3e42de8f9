"""What can be asked of a warehouse: its views, macros and tables, each with what a row is, its columns, and a query to start from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb

from warehouse.connect import published
from warehouse.definitions import COLUMNS_OF_ANOTHER, MACROS, Doc, docs
from warehouse.examples import examples
from warehouse.grain import GRAINS
from warehouse.migrate import migrate
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from pathlib import Path

NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""When a schema was made that is only looked at."""

READ_FIRST = (
    "articles_current", "revisions", "revision_blocks", "article_versions", "daily_volume", "publisher_overview", "publication_lags",
    "near_duplicates", "near_duplicate_clusters", "syndication", "shared_paragraphs",
    "blocks", "boilerplate_removed", "rejects",
    "feed_health", "feed_volume", "feed_alarms", "gaps", "run_overview",
)  # fmt: skip
"""Views in the order in which people need them; the others come after these."""

EXAMPLE_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class SchemaColumn:
    """A column, or a parameter of a macro (type: "parameter"). type: as DuckDB spells it, in small letters; empty where it is another's."""

    name: str
    type: str
    unit: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Relation:
    """kind: view, macro or table. call: how it is written in a query. grain: the columns that name a row; empty: not told.

    example: a query that reads it.
    """

    name: str
    kind: str
    call: str
    meaning: str
    grain: tuple[str, ...]
    columns: tuple[SchemaColumn, ...]
    example: str


def packaged_schema() -> tuple[Relation, ...]:
    """As this version makes it: views, where to start first, then macros, then tables."""
    with duckdb.connect(":memory:") as connection:
        migrate(connection, now=NO_TIME, code_version="")
        return _read(connection, docs())


def published_schema(published_path: Path) -> tuple[Relation, ...]:
    """As a published copy has it, which another version may have written. Raises NotPublished, WarehouseUnusable."""
    with published(published_path) as connection:
        told = connection.execute(statement("queries/dictionary/docs.sql")).fetchall()
        return _read(connection, tuple(Doc(*row) for row in told))


def _read(connection: duckdb.DuckDBPyConnection, documented: Iterable[Doc]) -> tuple[Relation, ...]:
    found = connection.execute(statement("queries/dictionary/columns.sql")).fetchall()
    types = {(relation, column): _type(kind) for relation, column, kind, _ in found}
    views = {relation for relation, _, _, table_type in found if table_type == "VIEW"}
    parameters = dict(connection.execute(statement("queries/dictionary/parameters.sql")).fetchall())
    of: dict[str, list[Doc]] = {}
    for doc in documented:
        of.setdefault(doc.relation, []).append(doc)
    for name in parameters.keys() & of.keys():
        if not any(doc.column_name == COLUMNS_OF_ANOTHER for doc in of[name]):
            call = connection.table_function(name, [None for _ in parameters[name]])
            types |= {(name, column): _type(str(kind)) for column, kind in zip(call.columns, call.types, strict=True)}
    relations = [_relation(name, _kind(name, views, parameters), told, types, parameters.get(name, [])) for name, told in of.items()]
    return tuple(sorted(relations, key=_place))


def _kind(name: str, views: Collection[str], macros: Collection[str]) -> str:
    return "macro" if name in macros else "view" if name in views else "table"


def _relation(name: str, kind: str, told: list[Doc], types: Mapping[tuple[str, str], str], parameters: list[str]) -> Relation:
    columns = tuple(
        SchemaColumn(
            doc.column_name, "parameter" if doc.column_name in parameters else types.get((name, doc.column_name), ""), doc.unit, doc.meaning
        )
        for doc in told
        if doc.column_name is not None
    )
    meaning = next((doc.meaning for doc in told if doc.column_name is None), "")
    call = f"{name}({', '.join(parameters)})" if kind == "macro" else name
    return Relation(name, kind, call, meaning, GRAINS.get(name, ()), columns, _example(name, kind, columns))


def _place(relation: Relation) -> tuple[int, int]:
    """Tables keep the order in which they are documented."""
    if relation.kind == "view":
        return 0, READ_FIRST.index(relation.name) if relation.name in READ_FIRST else len(READ_FIRST)
    return (1, MACROS.index(relation.name) if relation.name in MACROS else len(MACROS)) if relation.kind == "macro" else (2, 0)


def _example(name: str, kind: str, columns: tuple[SchemaColumn, ...]) -> str:
    """The first of the packaged examples that reads it, else its first columns."""
    reads = re.compile(rf"\b(from|join) {re.escape(name)}\b")
    for each in examples():
        if reads.search(each.sql):
            return each.sql
    if kind == "macro":
        parameters = (column for column in columns if column.type == "parameter")
        given = ", ".join("now() - interval 7 days" if column.unit == "UTC" else "'words'" for column in parameters)
        return f"select *\nfrom {name}({given})\nlimit 5;"
    listed = ", ".join(f'"{column.name}"' if column.name == "text" else column.name for column in columns[:EXAMPLE_COLUMNS])
    return f"select {listed}\nfrom {name}\nlimit 5;"


def _type(kind: str) -> str:
    """As DuckDB spells it, in small letters; the fields of a struct are the columns of the view that unfolds it."""
    short = kind.lower().replace("timestamp with time zone", "timestamptz")
    return "struct[]" if short.startswith("struct(") else short
