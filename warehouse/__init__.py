"""The store: one DuckDB file, its SQL, and the copy that analysts open: `from warehouse import open_published`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.connect import open_published

__all__ = ["open_published"]


def __getattr__(name: str) -> object:
    """What this package offers, imported when it is asked for: those who need row types only do not pay for DuckDB."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from warehouse.connect import open_published  # noqa: PLC0415 - only who asks pays

    return open_published
