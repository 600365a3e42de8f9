"""`feedmill schema`."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from flows.commands.options import Json, State, settings_with
from flows.commands.output import as_json, console, printable, table
from warehouse.schema import Relation, packaged_schema, published_schema


def schema(
    name: Annotated[
        str | None, Parameter(help="A view, macro or table, or a column of any. [default: all of them, where to start first]")
    ] = None,
    *,
    state: State = None,
    json: Json = False,
) -> int:
    """Say what can be asked: views, macros and tables; of one its columns, units and an example. Exit code 1 if there is none of that name.

    Of the published copy if there is one, else of what this version would make.
    """
    copy = settings_with(state=state).published
    relations = published_schema(copy) if copy.exists() else packaged_schema()
    if name is None:
        _show_all(relations, json=json)
        return 0
    found = next((each for each in relations if each.name == name.lower()), None)
    if found is not None:
        _show(found, json=json)
        return 0
    return _show_column(relations, name.lower(), json=json)


def _show_all(relations: Sequence[Relation], *, json: bool) -> None:
    if json:
        print(as_json([asdict(each) for each in relations]))
        return
    console().print(table(None, ["name", "kind", "what it holds"], [(each.call, each.kind, each.meaning) for each in relations]))


def _show(relation: Relation, *, json: bool) -> None:
    if json:
        print(as_json(asdict(relation)))
        return
    out = console()
    out.print(Text(f"{relation.kind} {relation.call}", style="bold"))
    key = f" Key: {', '.join(relation.grain)}." if relation.grain else ""
    out.print(Text(printable(f"{relation.meaning[:1].upper()}{relation.meaning[1:]}.{key}")))
    rows = [(each.name, each.type, each.unit, each.meaning) for each in relation.columns]
    out.print(table(None, ["column", "type", "unit", "meaning"], rows))
    out.print(Text(f"For example:\n\n{relation.example}"))


def _show_column(relations: Sequence[Relation], name: str, *, json: bool) -> int:
    """Of a name that is no relation's: where there is such a column, else what is spelled alike."""
    found = [(each.name, column) for each in relations for column in each.columns if column.name == name]
    if found and json:
        print(as_json([{"relation": relation} | asdict(column) for relation, column in found]))
    elif found:
        rows = [(relation, column.type, column.unit, column.meaning) for relation, column in found]
        console().print(table(f"column {name}", ["of", "type", "unit", "meaning"], rows))
    else:
        names = {each.name for each in relations} | {column.name for each in relations for column in each.columns}
        near = difflib.get_close_matches(name, sorted(names), n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "feedmill schema lists what there is"
        print(f"no view, macro, table or column is called {printable(name)}: {hint}", file=sys.stderr)
    return 0 if found else 1
