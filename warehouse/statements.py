"""The packaged SQL files."""

from __future__ import annotations

import functools
from pathlib import Path

FOLDER = Path(__file__).parent


@functools.cache
def statement(name: str) -> str:
    """The text of a packaged file, e.g. `statement("queries/load/polls.sql")`. It cannot change while the program runs."""
    return (FOLDER / name).read_text(encoding="utf-8")


def file_names(folder: str) -> tuple[str, ...]:
    """The .sql files of a packaged folder, in order of name, without the folder."""
    return tuple(sorted(file.name for file in (FOLDER / folder).glob("*.sql")))
