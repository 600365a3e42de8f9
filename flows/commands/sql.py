"""`feedmill sql`."""

from __future__ import annotations

import csv
import itertools
import json
import sys
from typing import Annotated, Literal

from cyclopts import Parameter

from flows.commands.options import State, settings_with
from flows.commands.output import as_json, console, printable, table
from warehouse.query import Result, query

TABLE_ROWS = 1_000


def sql(
    statement: Annotated[str, Parameter(help="SQL to run, or - to read it from standard input.", allow_leading_hyphen=True)],
    *,
    format: Annotated[  # noqa: A002 - the option is called so
        Literal["table", "csv", "json"], Parameter(name=("--format", "-f"), help="json prints an array of objects.")
    ] = "table",
    state: State = None,
) -> int:
    """Query the published copy, which no run ever locks. SQL can read it and nothing else: no file, no network, no setting."""
    text = sys.stdin.read() if statement == "-" else statement
    result = query(settings_with(state=state).published, text)
    {"table": _print_table, "csv": _print_csv, "json": _print_json}[format](result)
    return 0


def _print_table(result: Result) -> None:
    rows = list(itertools.islice(result.rows, TABLE_ROWS + 1))
    console().print(table(None, [printable(column) for column in result.columns], rows[:TABLE_ROWS]))
    if len(rows) > TABLE_ROWS:
        print(f"only the first {TABLE_ROWS} rows are shown: --format csv prints all", file=sys.stderr)


def _print_csv(result: Result) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(result.columns)
    for row in result.rows:
        writer.writerow([value if value is None or isinstance(value, str | int | float) else _cell(value) for value in row])


def _cell(value: object) -> str:
    """A value that is no text or number: as JSON spells it, without the quotes."""
    spelled = as_json(value)
    loaded = json.loads(spelled)
    return loaded if isinstance(loaded, str) else spelled


def _print_json(result: Result) -> None:
    """An array, written row by row."""
    print("[", end="")
    for number, row in enumerate(result.rows):
        print(",\n " if number else "\n ", as_json(dict(zip(result.columns, row, strict=True))), sep="", end="")
    print("\n]")
