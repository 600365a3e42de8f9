"""The dictionary in warehouse/README.md, every relation with its columns: `python -m warehouse.dictionary` writes it anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.schema import packaged_schema

if TYPE_CHECKING:
    from warehouse.schema import Relation

README = Path(__file__).with_name("README.md")
BEGIN = "<!-- dictionary: written by `python -m warehouse.dictionary` -->"
END = "<!-- end of dictionary -->"
SECTIONS = (("view", "Views"), ("macro", "Macros"), ("table", "Tables"))


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
    relations = packaged_schema()
    return "\n".join(
        line
        for kind, title in SECTIONS
        for line in (f"### {title}", "", *(_relation(relation) for relation in relations if relation.kind == kind))
    )


def _relation(relation: Relation) -> str:
    call = f"`{relation.call}`: " if relation.kind == "macro" else ""
    meaning = relation.meaning if call else f"{relation.meaning[:1].upper()}{relation.meaning[1:]}"
    key = f" Key: {', '.join(f'`{column}`' for column in relation.grain)}." if relation.grain else ""
    lines = [f"#### {relation.name}", "", _cell(f"{call}{meaning}.{key}"), "", "| column | type | unit | meaning |", "|---|---|---|---|"]
    lines += [f"| {each.name} | {each.type} | {_cell(each.unit or '')} | {_cell(each.meaning)} |" for each in relation.columns]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


if __name__ == "__main__":
    main()
