"""What a process of ours does without: imports that nobody asked for, and looking for garbage too often."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType

YOUNG_OBJECTS = 50_000
"""New objects until garbage in circles is looked for. The interpreter's own 700 are made with every page, most of them to stay."""


@dataclass(frozen=True, slots=True)
class _Absent(MetaPathFinder):
    """Says that packages are not installed."""

    names: frozenset[str]

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        del path, target
        if fullname in self.names:
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        return None


def lean_process() -> None:
    """For processes that run our commands and nothing else.

    DuckDB and pyarrow import pandas, where it is installed, just to see whether a value is one of its own: a quarter second of CPU.
    """
    leave_out("pandas")
    gc.set_threshold(YOUNG_OBJECTS)


def lean_run() -> None:
    """For those that carry out a run besides, which leaves reading pages to its workers.

    pyarrow imports NumPy, and warcio fsspec, where they are installed, for what a run never asks of them: a tenth of a second together.
    """
    leave_out("numpy", "fsspec")


def leave_out(*names: str) -> None:
    """From now on it is as if these packages were not installed."""
    sys.meta_path.insert(0, _Absent(frozenset(names)))
