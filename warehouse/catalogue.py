"""Writes the published copy that reads its long tables from files by month: a small file with everything else, and views in their place."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from warehouse.connect import STORAGE_VERSION
from warehouse.quoting import identifier, literal
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import duckdb

    from warehouse.months import MonthFile

BY_ROW, BY_KEY = (
    "join article_texts as texts on texts.rowid = named.rowid",
    "join article_texts as texts on texts.article_id = articles.article_id and texts.content_hash = latest.content_hash",
)
"""Rows of Parquet files have no rowid by which articles_at could find a text."""

ALIAS = "month_catalogue"


def write_catalogue(connection: duckdb.DuckDBPyConnection, path: Path, folder: Path, files: Sequence[MonthFile]) -> None:
    """Make the file, with every table, view, macro and comment of the open warehouse, and wait until it is on the disk.

    files: of the long tables, in the folder; a long table without any is a table like the others.
    Raises duckdb.Error, OSError.
    """
    [(source,)] = connection.execute("select current_database()").fetchall()
    tables = connection.execute(statement("queries/publish/commented_tables.sql")).fetchall()
    columns = connection.execute(statement("queries/publish/commented_columns.sql")).fetchall()
    places: dict[str, list[str]] = {}
    for file in files:
        places.setdefault(file.table, []).append(str(folder / file.name))
    connection.execute(f"attach {literal(str(path))} as {ALIAS} (storage_version {literal(STORAGE_VERSION)})")
    try:
        connection.execute(f"copy from database {identifier(source)} to {ALIAS} (schema)")
        connection.execute(f"use {ALIAS}")
        for name, comment in tables:
            if name in places:
                _view(connection, name, comment, [(column, said) for table, column, said in columns if table == name], places[name])
            else:
                table = identifier(name)
                connection.execute(f"insert into {table} from {identifier(source)}.{table}")
        _find_texts_by_key(connection)
        connection.execute("checkpoint")
    finally:
        connection.execute(f"use {identifier(source)}")
        connection.execute(f"detach {ALIAS}")
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _view(
    connection: duckdb.DuckDBPyConnection, name: str, comment: str | None, columns: Sequence[tuple[str, str | None]], places: Sequence[str]
) -> None:
    """Put a view over files in the place of a table, with its comments."""
    listed, read = ", ".join(identifier(column) for column, _ in columns), ", ".join(map(literal, places))
    connection.execute(f"drop table {identifier(name)}")
    connection.execute(f"create view {identifier(name)} as select {listed} from read_parquet([{read}])")  # noqa: S608 - quoted, and ours
    if comment is not None:
        connection.execute(f"comment on view {identifier(name)} is {literal(comment)}")
    for column, said in columns:
        if said is not None:
            connection.execute(f"comment on column {identifier(name)}.{identifier(column)} is {literal(said)}")


def _find_texts_by_key(connection: duckdb.DuckDBPyConnection) -> None:
    [(comment,)] = connection.execute(statement("queries/publish/comment_of_articles_at.sql")).fetchall()
    connection.execute(statement("macros/articles_at.sql").replace(BY_ROW, BY_KEY))
    connection.execute(f"comment on macro table articles_at is {literal(comment or '')}")
