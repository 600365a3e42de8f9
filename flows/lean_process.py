"""What a process of ours does without: imports that nobody asked for, and looking for garbage too often."""

from __future__ import annotations

import gc
import sys
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

YOUNG_OBJECTS = 50_000
"""New objects until garbage in circles is looked for. The interpreter's own 700 are made with every page, most of them to stay."""


class _Absent(MetaPathFinder):
    """Says that pandas is not installed."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        del path, target
        if fullname == "pandas":
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def lean_process() -> None:
    """For processes that run our commands and nothing else.

    DuckDB and pyarrow import pandas, where it is installed, just to see whether a value is one of its own: a quarter second of CPU.
    """
    sys.meta_path.insert(0, _Absent())
    gc.set_threshold(YOUNG_OBJECTS)
