"""Questions that analysts ask first, with their SQL: shown in the README, run by the demo and by tests."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Example:
    """A question and the SQL that answers it on the published copy."""

    name: str
    question: str
    sql: str


def examples() -> tuple[Example, ...]:
    """All of them, in order."""
    found = sorted((file for file in files(__name__).iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return tuple(_example(file.name, file.read_text(encoding="utf-8")) for file in found)


def _example(name: str, text: str) -> Example:
    question, _, sql = text.partition("\n")
    return Example(name.removesuffix(".sql"), question.removeprefix("-- "), sql.strip())
