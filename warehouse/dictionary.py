"""The dictionary in warehouse/README.md, every relation with its columns: `python -m warehouse.dictionary` writes it anew."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.definitions import VIEWS, Doc, docs
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
    """Markdown: a heading and a table per relation, the views first, each in the order of its columns."""
    types = _types()
    relations = [doc for doc in docs() if doc.column_name is None]
    views = [relation for name in _from_the_top() for relation in relations if relation.relation == name]
    tables = [relation for relation in relations if relation.relation not in VIEWS]
    return "\n".join(
        ["### Views", "", *(_relation(each, types) for each in views), "### Tables", "", *(_relation(each, types) for each in tables)]
    )


def _from_the_top() -> list[str]:
    """The views in the order in which people meet them: where to start comes first."""
    return sorted(VIEWS, key=lambda name: (name != "articles_current", VIEWS.index(name)))


def _relation(relation: Doc, types: dict[tuple[str, str], str]) -> str:
    lines = [f"#### {relation.relation}", "", _cell(f"{relation.meaning[:1].upper()}{relation.meaning[1:]}."), ""]
    lines += ["| column | type | unit | meaning |", "|---|---|---|---|"]
    for doc in docs():
        if doc.relation == relation.relation and doc.column_name is not None:
            kind = types[doc.relation, doc.column_name]
            lines.append(f"| {doc.column_name} | {kind} | {_cell(doc.unit or '')} | {_cell(doc.meaning)} |")
    return "\n".join([*lines, ""])


def _types() -> dict[tuple[str, str], str]:
    """(relation, column) -> its type, from a schema made in memory."""
    with duckdb.connect(":memory:") as connection:
        migrate(connection, now=NO_TIME, code_version="")
        found = connection.execute(statement("queries/dictionary/columns.sql")).fetchall()
    return {(relation, column): _type(kind) for relation, column, kind in found}


def _type(kind: str) -> str:
    """As DuckDB spells it, in small letters; the fields of a struct are the columns of the view that unfolds it."""
    short = kind.lower().replace("timestamp with time zone", "timestamptz")
    return "struct[]" if short.startswith("struct(") else short


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
