"""A folder of Parquet files, one per value of the columns that it is partitioned by: `publisher_id=…/day=…/rows.parquet`.

As Hive names them, so that readers see the columns again and leave out folders that a query does not need.
"""

from __future__ import annotations

import itertools
from datetime import date, datetime
from operator import itemgetter
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyarrow as pa

from warehouse.errors import ExportRefused
from warehouse.export.formats import write_parquet
from warehouse.export.place import Counting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from warehouse.query import Batches

MOST_PARTITIONS = 20_000
LONGEST_NAME_BYTES = 255
"""Of a folder, on the usual file systems."""
NULL = "__HIVE_DEFAULT_PARTITION__"
FILE = "rows.parquet"


def write_partitions(folder: Path, found: Batches, partition_by: Sequence[str]) -> tuple[int, int, int]:
    """Rows, bytes and files written. The rows come sorted by these columns, so that one file is open at a time."""
    folder.mkdir()
    schema = pa.schema([column for column in found.schema if column.name not in partition_by])
    rows = size = files = 0
    pieces = (piece for batch in found.rows for piece in _runs(batch, partition_by))
    for place, group in itertools.groupby(pieces, key=itemgetter(0)):
        files += 1
        if files > MOST_PARTITIONS:
            raise ExportRefused(f"that would be more than {MOST_PARTITIONS:,} files: partition by fewer columns, or by month")
        path = folder.joinpath(*place, FILE)
        path.parent.mkdir(parents=True)
        with path.open("xb") as file:
            counting = Counting(file)
            rows += write_parquet(counting, schema, (batch.select(schema.names) for _, batch in group)).rows
            size += counting.count
    return rows, size, files


def _runs(batch: pa.RecordBatch, partition_by: Sequence[str]) -> Iterator[tuple[tuple[str, ...], pa.RecordBatch]]:
    """(names of its folders, its rows) per run of equal values."""
    keys = list(zip(*(batch.column(column).to_pylist() for column in partition_by), strict=True))
    start = 0
    for end in range(1, len(keys) + 1):
        if end == len(keys) or keys[end] != keys[start]:
            yield tuple(map(_folder, partition_by, keys[start])), batch.slice(start, end - start)
            start = end


def _folder(column: str, value: object) -> str:
    if not isinstance(value, str | int | date | None) or isinstance(value, datetime):
        raise ExportRefused(f"{column} is neither text, a number nor a day: partition by something that is")
    name = f"{quote(column, safe='')}={NULL if value is None else quote(str(value), safe=' ')}"
    if len(name) > LONGEST_NAME_BYTES:
        raise ExportRefused(f"{column} has values too long for the name of a folder: partition by another column")
    return name
