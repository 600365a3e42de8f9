"""Charts as values: what charts.js draws. Every chart has its numbers in a table beside it, and says in words what it shows."""

from __future__ import annotations

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Series:
    """name: what its numbers count, for legend and tooltip. values: one per category."""

    name: str
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """kind: columns (upright, in the order of time or size) or bars (lying, one per name). summary: what it shows, for those who hear it.

    stacked: the series add up. unit: behind single numbers, "" where there is none to say.
    """

    name: str
    kind: str
    summary: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    stacked: bool = False
    unit: str = ""


def for_script(*charts: Chart | None) -> list[dict[str, object]]:
    """What stands in the page for charts.js, of those charts that there is something to draw for."""
    return [asdict(chart) for chart in charts if chart is not None]
