"""Writes the long tables as Parquet files by month, beside the published copy: only months that no file holds yet."""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.filecopy import sync_folder
from warehouse.long_tables import LONG_TABLES, LongTable
from warehouse.quoting import identifier, literal
from warehouse.replace import READ_ONLY, new_name_of
from warehouse.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

ROWS_IN_A_GROUP = 20_000
"""A query that bounds dates skips whole groups of rows."""

WRITTEN_AS = f"parquet, zstd, {ROWS_IN_A_GROUP}"
"""Part of every digest: files that were written otherwise are written anew."""


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a table. name: `2026-03`, or `undated` where rows have no article. known: sum of the rows' hashes.

    first_row, last_row: between which its rows stand in the file.
    """

    name: str
    rows: int
    known: int
    first_row: int
    last_row: int


@dataclass(frozen=True, slots=True)
class MonthFile:
    """name: TABLE/MONTH-DIGEST.parquet, in the folder of month files; a digest says what the rows are, so that a name is written once."""

    table: str
    name: str
    bytes: int


def write_months(connection: duckdb.DuckDBPyConnection, folder: Path, former: Mapping[str, int]) -> tuple[MonthFile, ...]:
    """The files that hold the long tables of the open warehouse, each month's; those are written that are not there whole.

    former: bytes of each file, as the manifest before has them; a file of another size is written again. A table without rows has no file.
    Raises duckdb.Error, OSError.
    """
    files = []
    for table in LONG_TABLES:
        place = folder / table.name
        place.mkdir(parents=True, exist_ok=True)
        for unfinished in place.glob("*.new"):
            unfinished.unlink()
        columns = _columns(connection, table)
        for month in _months(connection, table):
            name = f"{table.name}/{month.name}-{_digest(columns, month)}.parquet"
            path = folder / name
            if not _is_whole(connection, path, month.rows, former.get(name)):
                _write(connection, table, month, path)
            files.append(MonthFile(table.name, name, path.stat().st_size))
        sync_folder(place)
    return tuple(files)


def _columns(connection: duckdb.DuckDBPyConnection, table: LongTable) -> tuple[tuple[str, str], ...]:
    """(name, type) of each, in order."""
    found = connection.execute(statement("queries/publish/columns.sql"), {"relation": table.name}).fetchall()
    return tuple((str(name), str(kind)) for name, kind in found)


def _months(connection: duckdb.DuckDBPyConnection, table: LongTable) -> Iterator[Month]:
    known_by = ", ".join(f"month_rows.{identifier(name)}" for name in table.known_by)
    sql = statement("queries/publish/months.sql").format(rows=_rows(table), date=_date(table), known_by=known_by)
    for name, rows, known, first, last in connection.execute(sql).fetchall():
        yield Month(name or "undated", rows, known, first, last)


def _digest(columns: tuple[tuple[str, str], ...], month: Month) -> str:
    said = repr((WRITTEN_AS, duckdb.__version__, columns, month.rows, month.known))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _is_whole(connection: duckdb.DuckDBPyConnection, path: Path, rows: int, size: int | None) -> bool:
    if not path.exists() or (size is not None and path.stat().st_size != size):
        return False
    try:
        return connection.execute(statement("queries/publish/month_file_rows.sql"), {"path": str(path)}).fetchall() == [(rows,)]
    except duckdb.Error:  # whatever is wrong with it, it is written again
        return False


def _write(connection: duckdb.DuckDBPyConnection, table: LongTable, month: Month, path: Path) -> None:
    new = new_name_of(path)
    sql = statement("queries/publish/write_month.sql").format(
        rows=_rows(table), date=_date(table), path=literal(str(new)), group=ROWS_IN_A_GROUP,
    )  # fmt: skip
    name = None if month.name == "undated" else month.name
    connection.execute(sql, {"month": name, "first_row": month.first_row, "last_row": month.last_row})
    descriptor = os.open(new, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    with contextlib.suppress(PermissionError):  # some network drives keep no modes
        new.chmod(READ_ONLY)
    new.replace(path)


def _rows(table: LongTable) -> str:
    own = f"{identifier(table.name)} as month_rows"
    return own if table.dated_by else f"{own} left join articles as dated on dated.article_id = month_rows.article_id"


def _date(table: LongTable) -> str:
    """The SQL expression of a row's instant or day in UTC."""
    if table.dated_by is None:
        return "dated.first_seen_date"
    column = f"month_rows.{identifier(table.dated_by)}"
    return f"{column} at time zone 'UTC'" if table.dated_by.endswith("_at") else column
