"""Counts in sentences."""

from __future__ import annotations

from collections.abc import Sequence


def counted(count: int, one: str, many: str) -> str:
    """`1 feed`, `1,200 feeds`."""
    return f"{count:,} {one if count == 1 else many}"


def listed(names: Sequence[str], count: int, shown: int) -> str:
    """`a, b and 3 more`: the first names, and how many of `count` there are besides."""
    first = list(names[:shown])
    more = count - len(first)
    if more:
        return f"{', '.join(first)} and {more:,} more"
    return " and ".join([*([", ".join(first[:-1])] if first[1:] else []), *first[-1:]])
