"""Writes the rows of a query to a file, a folder of partitions, or a stream. They pass through; they are never held."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from warehouse.errors import ExportRefused
from warehouse.export.formats import write_rows
from warehouse.export.partitions import write_partitions
from warehouse.export.place import Counting, placed
from warehouse.query import batches

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from warehouse.export.formats import Form
    from warehouse.export.source import Source
    from warehouse.query import Batches


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. formulas: as in Written."""

    rows: int
    bytes: int
    files: int = 1
    formulas: int = 0


def export(published_path: Path, source: Source, target: Path, form: Form, *, overwrite: bool = False) -> Exported:
    """Make the file, or the folder if the source is partitioned; it stands in its place whole, or not at all.

    Raises ExportRefused, NotPublished, QueryFailed, WarehouseUnusable.
    """
    if source.partition_by and form.format != "parquet":
        raise ExportRefused("only Parquet is written in partitions: leave out --partition-by, or choose --format parquet")
    is_folder = bool(source.partition_by)
    with placed(target, overwrite=overwrite, is_folder=is_folder) as made, batches(published_path, source.sql, source.parameters) as found:
        if is_folder:
            return Exported(*write_partitions(made, found, source.partition_by))
        with made.open("xb") as file:
            return _write(file, found, form)


def export_stream(published_path: Path, source: Source, stream: BinaryIO, form: Form) -> Exported:
    """The same to a stream, which stays open. Raises ExportRefused, NotPublished, QueryFailed."""
    if source.partition_by:
        raise ExportRefused("partitions are files: name a folder with --to")
    with batches(published_path, source.sql, source.parameters) as found:
        return _write(stream, found, form)


def _write(file: BinaryIO, found: Batches, form: Form) -> Exported:
    names = found.schema.names
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ExportRefused(f"several columns are called {', '.join(twice)}: give each a name of its own with `as`")
    counting = Counting(file)
    written = write_rows(counting, found.schema, found.rows, form)
    return Exported(written.rows, counting.count, formulas=written.formulas)
