"""How commands print: tables for people, lines of JSON for programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from rich.console import Console
from rich.table import Table
from rich.text import Text

WIDTH_WITHOUT_TERMINAL = 140
GROUPED_FROM = 10_000  # smaller numbers may be years


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command line, which ends well where a reader has had enough; rich would end with exit code 1."""
        raise BrokenPipeError


def console() -> Console:
    """Standard output; as wide as the terminal, or wide enough for a table in a file."""
    return _Console(width=None if sys.stdout.isatty() else WIDTH_WITHOUT_TERMINAL, highlight=False, soft_wrap=False)


def table(title: str | None, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Values as plain text: nothing in them is taken for markup or for a terminal's control codes."""
    made = Table(title=title, title_justify="left", title_style="bold", header_style="bold")
    kept = [list(row) for row in rows]
    for number, column in enumerate(columns):
        numbers = bool(kept) and all(isinstance(row[number], int | float | Decimal | None) for row in kept)
        made.add_column(column, justify="right" if numbers else "left", overflow="fold")
    for row in kept:
        made.add_row(*(Text(printable(value)) for value in row))
    return made


def printable(value: object) -> str:
    """A value in one line of text without control characters."""
    if value is None:
        return ""
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}" if abs(value) >= GROUPED_FROM else str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, list | tuple):
        return ", ".join(printable(each) for each in value)
    text = str(value)
    return "".join(c if c.isprintable() else " " for c in text)


def as_json(value: object) -> str:
    """One line of JSON; instants in ISO 8601, ids as text."""
    return json.dumps(value, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> object:  # noqa: ANN401 - whatever a query may return
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value) if isinstance(value, UUID) else float(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, set | frozenset | tuple):
        return list(value)
    return str(value)
