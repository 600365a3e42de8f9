"""`feedmill export`."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json
from flows.commands.period import instant
from flows.unusable import Unusable
from flows.world import this_world
from warehouse.export.formats import SUFFIXES, Form, Format
from warehouse.export.source import Source, query_source, relation_source
from warehouse.export.write import Exported, export_stream
from warehouse.export.write import export as export_file

STDOUT = Path("-")

When = Annotated[str | None, Parameter(help="A day, an instant, or how long ago: 2026-03-01, 2026-03-01T12:00, 7d.")]


def export(
    what: Annotated[str | None, Parameter(help="Table or view.")] = None,
    *,
    to: Annotated[Path, Parameter(help="File or, with --partition-by, folder to write; - for standard output.", allow_leading_hyphen=True)],
    sql: Annotated[str | None, Parameter(help="A query instead; - reads it from standard input.", allow_leading_hyphen=True)] = None,
    format: Annotated[  # noqa: A002 - the option is called so
        Format | None, Parameter(name=("--format", "-f"), help="[default: what the name ends in]")
    ] = None,
    since: When = None,
    until: When = None,
    partition_by: Annotated[str | None, Parameter(help="Columns, with commas; day and month are those of first_seen_at, in UTC.")] = None,
    spreadsheet: Annotated[bool, Parameter(negative=(), help="CSV for spreadsheets: formulas get an apostrophe, the file a mark.")] = False,
    force: Annotated[bool, Parameter(negative=(), help="Replace what is there.")] = False,
    state: State = None,
    json: Json = False,
) -> int:
    """Write a table, a view or a query's result to a file: Parquet, CSV, JSON lines or Arrow. It is there whole, or not at all.

    --since and --until bound first_seen_at: from the one on, and before the other.
    """
    form = Form(_format(to, format, partitioned=partition_by is not None), for_spreadsheets=spreadsheet)
    published = settings_with(state=state).published
    source = _source(published, what, sql, since=since, until=until, columns=partition_by)
    if to == STDOUT:
        done = export_stream(published, source, sys.stdout.buffer, form)
        sys.stdout.buffer.flush()
    else:
        done = export_file(published, source, to, form, overwrite=force)
    if json:
        print(as_json({"to": str(to), "format": form.format, **asdict(done)}), file=sys.stderr if to == STDOUT else sys.stdout)
    else:
        _tell(done, to, form)
    return 0


def _format(to: Path, given: Format | None, *, partitioned: bool) -> Format:
    found = given or SUFFIXES.get(to.suffix.lower()) or ("parquet" if partitioned else None)
    if found is None:
        raise Unusable(f"what {to} ends in names no format: say --format parquet, csv, jsonl or arrow")
    return found


def _source(published: Path, what: str | None, sql: str | None, *, since: str | None, until: str | None, columns: str | None) -> Source:
    partition_by = tuple(column.strip() for column in columns.split(",")) if columns is not None else ()
    if (what is None) == (sql is None):
        raise Unusable("name a table or view, or give a query with --sql: one of the two")
    if sql is not None:
        if since or until:
            raise Unusable("--since and --until bound tables and views: in a query, write the bound as SQL")
        return query_source(published, sys.stdin.read() if sql == "-" else sql, partition_by=partition_by)
    now = this_world().now()
    return relation_source(
        published,
        what or "",
        since=instant(since, now) if since else None,
        until=instant(until, now) if until else None,
        partition_by=partition_by,
    )


def _tell(done: Exported, to: Path, form: Form) -> None:
    if to != STDOUT:
        files = f" in {done.files:,} files" if done.files != 1 else ""
        print(f"{to}: {done.rows:,} rows, {done.bytes:,} bytes{files}")
    if done.formulas and not form.for_spreadsheets:
        print(
            f"{done.formulas:,} cells begin with =, +, - or @, which a spreadsheet may run as a formula: for one, use --spreadsheet",
            file=sys.stderr,
        )
