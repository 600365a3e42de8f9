"""The dictionary in warehouse/README.md, every relation with its columns: `python -m warehouse.dictionary` writes it anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.definitions import COLUMNS_OF_ANOTHER, MACROS, VIEWS, Doc, docs
from warehouse.migrate import migrate
from warehouse.statements import statement

README = Path(__file__).with_name("README.md")
BEGIN = "<!-- dictionary: written by `python -m warehouse.dictionary` -->"
END = "<!-- end of dictionary -->"
NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
"""When the schema was made that is only looked at."""


def main() -> None:
    """Bring the README up to date."""
    README.write_text(with_dictionary(README.read_text(encoding="utf-8")), encoding="utf-8")


def with_dictionary(readme: str) -> str:
    """The text with what stands between its markers made anew. Raises ValueError if it lacks a marker."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"the README lacks the line {BEGIN if not begin else END}")
    return f"{before}{BEGIN}\n\n{dictionary()}\n{END}{after}"


def dictionary() -> str:
    """Markdown: a heading and a table per relation, the views first, then the macros, each in the order of its columns."""
    schema = _schema()
    relations = [doc for doc in docs() if doc.column_name is None]
    views = [relation for name in _from_the_top() for relation in relations if relation.relation == name]
    macros = [relation for relation in relations if relation.relation in MACROS]
    tables = [relation for relation in relations if relation.relation not in (*VIEWS, *MACROS)]
    sections = (("Views", views), ("Macros", macros), ("Tables", tables))
    return "\n".join(line for title, each in sections for line in (f"### {title}", "", *(_relation(relation, schema) for relation in each)))


def _from_the_top() -> list[str]:
    """The views in the order in which people meet them: where to start comes first."""
    return sorted(VIEWS, key=lambda name: (name != "articles_current", VIEWS.index(name)))


def _relation(relation: Doc, schema: _Schema) -> str:
    name = relation.relation
    call = f"`{name}({', '.join(schema.parameters[name])})`: " if name in MACROS else ""
    meaning = relation.meaning if call else f"{relation.meaning[:1].upper()}{relation.meaning[1:]}"
    lines = [f"#### {name}", "", _cell(f"{call}{meaning}."), "", "| column | type | unit | meaning |", "|---|---|---|---|"]
    for doc in docs():
        if doc.relation == name and doc.column_name is not None:
            kind = "parameter" if doc.column_name in schema.parameters.get(name, ()) else schema.types.get((name, doc.column_name), "")
            lines.append(f"| {doc.column_name} | {kind} | {_cell(doc.unit or '')} | {_cell(doc.meaning)} |")
    return "\n".join([*lines, ""])


@dataclass(frozen=True, slots=True)
class _Schema:
    """types: (relation, column) -> its type. parameters: macro -> names of its parameters."""

    types: dict[tuple[str, str], str]
    parameters: dict[str, list[str]]


def _schema() -> _Schema:
    """From a schema made in memory. Columns of a macro that are those of another relation have their types there."""
    with duckdb.connect(":memory:") as connection:
        migrate(connection, now=NO_TIME, code_version="")
        found = connection.execute(statement("queries/dictionary/columns.sql")).fetchall()
        parameters = dict(connection.execute(statement("queries/dictionary/parameters.sql")).fetchall())
        for name in MACROS:
            if not any(doc.relation == name and doc.column_name == COLUMNS_OF_ANOTHER for doc in docs()):
                call = connection.table_function(name, [None for _ in parameters[name]])
                found += [(name, column, str(kind)) for column, kind in zip(call.columns, call.types, strict=True)]
    return _Schema({(relation, column): _type(kind) for relation, column, kind in found}, parameters)


def _type(kind: str) -> str:
    """As DuckDB spells it, in small letters; the fields of a struct are the columns of the view that unfolds it."""
    short = kind.lower().replace("timestamp with time zone", "timestamptz")
    return "struct[]" if short.startswith("struct(") else short


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
