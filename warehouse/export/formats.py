"""One function per format: batches of rows in, bytes out. None of them holds more than a row group."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.parquet as pq

from warehouse.errors import ExportRefused
from warehouse.export.cells import csv_cell, is_formula, json_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from warehouse.export.place import Counting

GROUP_ROWS = 100_000
GROUP_BYTES = 64_000_000
"""A row group of Parquet is written once it holds so many rows, or bytes in memory."""

BYTE_ORDER_MARK = "\ufeff"

Format = Literal["parquet", "csv", "jsonl", "arrow"]

SUFFIXES: dict[str, Format] = {
    ".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".arrow": "arrow", ".feather": "arrow", ".ipc": "arrow",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Form:
    """How rows are spelled. for_spreadsheets: CSV as spreadsheets want it, with formulas disarmed and a byte order mark."""

    format: Format
    for_spreadsheets: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """formulas: cells of CSV that a spreadsheet takes for a formula, disarmed or not."""

    rows: int
    formulas: int = 0


def write_rows(file: Counting, schema: pa.Schema, batches: Iterable[pa.RecordBatch], form: Form) -> Written:
    """Write all rows; the file stays open. Raises ExportRefused where the format has no place for a type."""
    try:
        match form.format:
            case "parquet":
                return write_parquet(file, schema, batches)
            case "arrow":
                return _write_arrow(file, schema, batches)
            case "csv":
                return _write_csv(file, schema, batches, for_spreadsheets=form.for_spreadsheets)
            case "jsonl":
                return _write_json_lines(file, schema, batches)
    except pa.ArrowNotImplementedError as cause:
        raise ExportRefused(f"{form.format} has no place for a type of the result ({cause}): cast it, with --sql") from cause


def write_parquet(file: Counting, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Written:
    """Parquet with zstd."""
    rows = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for group in _groups(batches):
            table = pa.Table.from_batches(group, schema)
            writer.write_table(table, row_group_size=max(len(table), 1))
            rows += len(table)
    return Written(rows)


def _groups(batches: Iterable[pa.RecordBatch]) -> Iterator[list[pa.RecordBatch]]:
    group: list[pa.RecordBatch] = []
    rows = size = 0
    for batch in batches:
        group.append(batch)
        rows, size = rows + len(batch), size + batch.nbytes
        if rows >= GROUP_ROWS or size >= GROUP_BYTES:
            yield group
            group, rows, size = [], 0, 0
    if group:
        yield group


def _write_arrow(file: Counting, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Written:
    """An Arrow IPC file, not compressed: every reader takes it, and can map it into memory."""
    rows = 0
    with pa.ipc.new_file(file, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
            rows += len(batch)
    return Written(rows)


def _write_csv(file: Counting, schema: pa.Schema, batches: Iterable[pa.RecordBatch], *, for_spreadsheets: bool) -> Written:
    """CSV in UTF-8 with a header."""
    rows = formulas = 0

    def line(cells: Iterable[object]) -> str:
        nonlocal formulas
        spelled = []
        for cell in cells:
            risky = is_formula(cell)
            formulas += risky
            spelled.append(csv_cell(f"'{cell}" if risky and for_spreadsheets else cell))
        return f"{','.join(spelled)}\n"

    file.write(f"{BYTE_ORDER_MARK if for_spreadsheets else ''}{line(schema.names)}".encode())
    for batch in batches:
        file.write("".join(map(line, _rows(batch))).encode())
        rows += len(batch)
    return Written(rows, formulas)


def _write_json_lines(file: Counting, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Written:
    """An object per line."""
    rows = 0
    for batch in batches:
        file.write("".join(f"{json_line(dict(zip(schema.names, row, strict=True)))}\n" for row in _rows(batch)).encode())
        rows += len(batch)
    return Written(rows)


def _rows(batch: pa.RecordBatch) -> Iterator[tuple[object, ...]]:
    return zip(*(column.to_pylist() for column in batch.columns), strict=True)
