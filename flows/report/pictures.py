"""The charts of the report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flows.html_pages.charts import Chart, Series
from flows.html_pages.spelling import MONTHS
from flows.report.findings import OUTSIDE, Findings
from flows.report.languages import language_name
from warehouse.figures.ask import Figures

SHOWN = 12
"""Names in a chart; the table below it has more."""
UNCOMPARED = "not compared yet"
LAGS_SHOWN = 8
UNITS = (("s", 1), ("min", 60), ("h", 3_600), ("days", 86_400))


def pictures(figures: Figures, said: Findings) -> dict[str, Chart]:
    """By name, those that there is something to draw for: one column alone tells no more than its number."""
    made = (
        _volume(figures, said), _published_days(figures), _lags(figures, said), _lags_by_publisher(figures), _publishers(figures, said),
        _languages(figures, said), _removals(figures, said), _firsts(figures, said), _revisions(figures, said), _revision_kinds(figures),
        _polls(figures), _rejects(figures, said), _runs(figures),
    )  # fmt: skip
    return {chart.name: chart for chart in made if len(chart.categories) >= (2 if chart.kind == "columns" else 1)}


def _times(figures: Figures, instants: Sequence[datetime]) -> tuple[str, ...]:
    if figures.step == "hour":
        return tuple(f"{at:%H}:00" if place and at.hour else f"{_day(at)} {at:%H}:00" for place, at in enumerate(instants))
    return tuple(f"{MONTHS[at.month - 1]} {at.year}" if figures.step == "month" else _day(at) for at in instants)


def _day(at: datetime) -> str:
    return f"{at.day} {MONTHS[at.month - 1]}"


def _unit(lengths: Sequence[float]) -> tuple[str, int]:
    """The largest unit of which the longest has three, and its seconds."""
    longest = max(map(abs, lengths), default=0)
    return next((each for each in reversed(UNITS) if longest >= 3 * each[1]), UNITS[0])


def _published_days(figures: Figures) -> Chart:
    rows = figures.published_days.rows
    days = tuple(f"{row.published_on.day} {MONTHS[row.published_on.month - 1]}" for row in rows)
    summary = f"Articles by their own day of publication, of {len(rows)} days."
    return Chart("published-days", "columns", summary, days, (Series("articles", tuple(row.articles for row in rows)),))


def _volume(figures: Figures, said: Findings) -> Chart:
    rows = figures.volume.rows
    categories = _times(figures, [row.begins_at for row in rows])
    return Chart("volume", "columns", said.volume, categories, (Series("articles", tuple(row.articles for row in rows)),))


def _lags(figures: Figures, said: Findings) -> Chart:
    rows = figures.lags.rows if figures.lags_by_publisher.rows else ()
    spans = rows if rows and rows[0].articles else rows[1:]
    values = tuple(row.articles for row in spans)
    return Chart("lags", "columns", said.lags, tuple(row.lag for row in spans), (Series("articles", values),))


def _lags_by_publisher(figures: Figures) -> Chart:
    rows = [row for row in figures.lags_by_publisher.rows if row.publisher_id is not None][:LAGS_SHOWN]
    unit, seconds = _unit([row.nine_of_ten_seconds for row in rows])
    return Chart(
        "lags-by-publisher",
        "bars",
        f"From publication to our first sight, in {unit}: for half of the articles, and for nine of ten, of {len(rows)} publishers.",
        tuple(row.publisher_id or "" for row in rows),
        (
            Series(f"half of the articles, {unit}", tuple(round(row.median_seconds / seconds, 1) for row in rows)),
            Series(f"nine of ten, {unit}", tuple(round(row.nine_of_ten_seconds / seconds, 1) for row in rows)),
        ),
        unit=unit,
    )


def _publishers(figures: Figures, said: Findings) -> Chart:
    rows = figures.publishers.rows[:SHOWN]
    names = tuple(row.name or row.publisher_id for row in rows)
    return Chart("publishers", "bars", said.publishers, names, (Series("articles", tuple(row.articles for row in rows)),))


def _languages(figures: Figures, said: Findings) -> Chart:
    rows = figures.languages.rows[:SHOWN]
    names = tuple(language_name(row.language) for row in rows)
    return Chart("languages", "bars", said.languages, names, (Series("articles", tuple(row.articles for row in rows)),))


def _removals(figures: Figures, said: Findings) -> Chart:
    rows = [row for row in figures.removals.rows if row.rule_id != OUTSIDE][:SHOWN]
    names = tuple(row.rule_id or "" for row in rows)
    return Chart("removals", "bars", said.removals, names, (Series("blocks", tuple(row.blocks for row in rows)),))


def _firsts(figures: Figures, said: Findings) -> Chart:
    rows = figures.firsts.rows[:SHOWN]
    first, later = tuple(row.had_first for row in rows), tuple(row.had_later for row in rows)
    names = tuple(row.publisher_id for row in rows)
    return Chart("firsts", "bars", said.clusters, names, (Series("had it first", first), Series("had it later", later)), stacked=True)


def _revisions(figures: Figures, said: Findings) -> Chart:
    changes = {row.begins_at: row.revisions for row in figures.revisions.rows}
    instants = sorted({row.begins_at for row in figures.volume.rows} | set(changes)) if changes else []
    values = tuple(changes.get(at, 0) for at in instants)
    return Chart("revisions", "columns", said.revisions, _times(figures, instants), (Series("revisions", values),))


def _revision_kinds(figures: Figures) -> Chart:
    rows = figures.revision_kinds.rows
    summary = "Changes by their gravest kind: " + ", ".join(f"{row.kind or UNCOMPARED} {row.revisions:,}" for row in rows)
    names = tuple(row.kind or UNCOMPARED for row in rows)
    return Chart("revision-kinds", "bars", summary, names, (Series("changes", tuple(row.revisions for row in rows)),))


def _polls(figures: Figures) -> Chart:
    rows = figures.polls.rows
    good, failed = tuple(row.good for row in rows), tuple(row.failed for row in rows)
    summary = f"Of {sum(good) + sum(failed):,} polls {sum(failed):,} failed."
    categories = _times(figures, [row.begins_at for row in rows])
    return Chart("polls", "columns", summary, categories, (Series("good polls", good), Series("failed polls", failed)), stacked=True)


def _rejects(figures: Figures, said: Findings) -> Chart:
    rows = [row for row in figures.outcomes.rows if row.outcome == "rejected"][:SHOWN]
    names = tuple(row.because or "" for row in rows)
    return Chart("rejects", "bars", said.outcomes, names, (Series("entries", tuple(row.entries for row in rows)),))


def _runs(figures: Figures) -> Chart:
    rows = [row for row in reversed(figures.runs.rows) if row.duration_seconds is not None]
    unit, seconds = _unit([row.duration_seconds or 0 for row in rows])
    lengths = tuple(round((row.duration_seconds or 0) / seconds, 1) for row in rows)
    summary = f"How long the last {len(rows)} finished runs took, in {unit}."
    return Chart("runs", "columns", summary, tuple(f"{row.started_at:%H:%M}" for row in rows), (Series(f"took, {unit}", lengths),))
