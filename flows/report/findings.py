"""The heading of each part of the report: a sentence that says what was found, not what is counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flows.html_pages.spelling import MONTHS, duration, share
from flows.report.counted import counted
from flows.report.languages import language_name
from warehouse.figures.ask import Figures
from warehouse.figures.window import Window

OUTSIDE = "outside-article"
GRAVE = {"correction": "with a correction notice", "deletion": "took text away", "figures": "changed figures"}
"""Kinds of change that an editor wants to hear of at once."""
ALIKE = 0.02
"""Shares that differ by less are the same to people."""


@dataclass(frozen=True, slots=True)
class Findings:
    """One sentence per part of the page, under the part's name."""

    headline: str
    volume: str
    lags: str
    publishers: str
    languages: str
    removals: str
    clusters: str
    revisions: str
    feeds: str
    gaps: str
    outcomes: str
    alarms: str
    runs: str


def findings(figures: Figures) -> Findings:
    """What the report says of its figures in words."""
    return Findings(
        headline=_headline(figures),
        volume=_volume(figures),
        lags=_lags(figures),
        publishers=_publishers(figures),
        languages=_languages(figures),
        removals=_removals(figures),
        clusters=_clusters(figures),
        revisions=_revisions(figures),
        feeds=_feeds(figures),
        gaps=_gaps(figures),
        outcomes=_outcomes(figures),
        alarms=_alarms(figures),
        runs=_runs(figures),
    )


def days(window: Window) -> str:
    """`25 Oct to 23 Nov 2026`."""
    first, last = window.since, window.until
    begin = f"{first.day} {MONTHS[first.month - 1]}" + (f" {first.year}" if first.year != last.year else "")
    return f"{begin} to {last.day} {MONTHS[last.month - 1]} {last.year}" if first.date() != last.date() else f"{begin} {last.year}"


def _headline(figures: Figures) -> str:
    totals = figures.totals.rows[0]
    if not totals.articles:
        return "No article came in these days"
    return f"{counted(totals.articles, 'article', 'articles')} from {counted(totals.publishers, 'publisher', 'publishers')}"


def _volume(figures: Figures) -> str:
    totals, volume = figures.totals.rows[0], figures.volume.rows
    if not volume:
        return "No article came in these days"
    if totals.articles_before:
        change = totals.articles / totals.articles_before - 1
        if abs(change) < ALIKE:
            return "About as many articles as in as many days before"
        return f"{share(abs(change))} {'more' if change > 0 else 'fewer'} articles than in as many days before"
    most = max(volume, key=lambda row: row.articles)
    if most.articles == totals.articles:
        return f"All came {_step_name(figures.step, most.begins_at)}"
    return f"Most came {_step_name(figures.step, most.begins_at)}: {counted(most.articles, 'article', 'articles')}"


def _step_name(step: str, at: datetime) -> str:
    day = f"{at.day} {MONTHS[at.month - 1]} {at.year}"
    if step == "hour":
        return f"on {day} from {at:%H}:00 to {at:%H}:59 UTC"
    return {"day": f"on {day}", "week": f"in the week from {day}"}.get(step, f"in {MONTHS[at.month - 1]} {at.year}")


def _lags(figures: Figures) -> str:
    if not figures.lags_by_publisher.rows:
        return "How fast articles come cannot be told yet"
    every = figures.lags_by_publisher.rows[0]
    if every.articles == 1:
        return f"One article came {duration(every.median_seconds)} after its publication"
    half, most = duration(every.median_seconds), duration(every.nine_of_ten_seconds)
    return f"Half of the articles were here within {half} of publication, nine of ten within {most}"


def _publishers(figures: Figures) -> str:
    rows, totals = figures.publishers.rows, figures.totals.rows[0]
    if not rows:
        return "No publisher brought anything"
    first = rows[0].name or rows[0].publisher_id
    if totals.publishers == 1:
        return f"All articles are from {first}"
    return f"{totals.publishers:,} publishers; {first} brought most, {share(rows[0].articles / totals.articles)}"


def _languages(figures: Figures) -> str:
    rows = figures.languages.rows
    if not rows:
        return "No language to tell"
    total = figures.totals.rows[0].articles
    if len(rows) == 1:
        return f"All articles are in one language: {language_name(rows[0].language)}"
    return f"{len(rows)} languages; {share(rows[0].articles / total)} of the articles are in {language_name(rows[0].language)}"


def _removals(figures: Figures) -> str:
    rows = [row for row in figures.removals.rows if row.rule_id != OUTSIDE]
    if not rows:
        return "Cleaning took nothing out of the articles"
    blocks = sum(row.blocks for row in rows)
    taken, looked_at = counted(blocks, "block", "blocks"), counted(rows[0].articles_looked_at, "article", "articles")
    return f"Cleaning took {taken} out of {looked_at}, most by {rows[0].rule_id}"


def _clusters(figures: Figures) -> str:
    if not figures.clusters.rows:
        return "No text was printed twice"
    count = figures.clusters.rows[0].clusters
    if not figures.firsts.rows:
        return f"{counted(count, 'text was', 'texts were')} printed twice by the same publisher"
    first = max(figures.firsts.rows, key=lambda row: row.had_first)
    return (
        f"{counted(count, 'text was', 'texts were')} printed more than once; {first.publisher_id} was first with most, {first.had_first:,}"
    )


def _revisions(figures: Figures) -> str:
    changes = sum(row.revisions for row in figures.revisions.rows)
    if not changes:
        return "No publisher changed an article"
    grave = [f"{row.revisions:,} {GRAVE[row.kind]}" for row in figures.revision_kinds.rows if row.kind in GRAVE]
    return ": ".join([f"Publishers changed articles {counted(changes, 'time', 'times')}", *([", ".join(grave)] if grave else [])])


def _feeds(figures: Figures) -> str:
    alike = {feed.stands: feed.alike for feed in figures.feeds.rows}
    if not alike:
        return "No feed is known"
    others = [f"{count:,} {name}" for name, count in alike.items() if name != "well"]
    return f"{alike.get('well', 0):,} of {counted(sum(alike.values()), 'feed', 'feeds')} are well" + (
        f", {', '.join(others)}" if others else ""
    )


def _gaps(figures: Figures) -> str:
    if not figures.gaps.rows:
        return "No feed ran over between two polls"
    return f"{counted(figures.gaps.rows[0].gaps, 'time', 'times')} a feed ran over: entries may have come and gone unseen"


def _outcomes(figures: Figures) -> str:
    rows = figures.outcomes.rows
    total, missing = sum(row.entries for row in rows), [row for row in rows if row.outcome == "rejected"]
    rejected = sum(row.entries for row in missing)
    if not rejected:
        return f"None of {counted(total, 'entry', 'entries')} was rejected" if total else "No entry was decided"
    return f"{rejected:,} of {counted(total, 'entry', 'entries')} were rejected, most for {missing[0].because}"


def _alarms(figures: Figures) -> str:
    rows = figures.alarms.rows
    return f"{counted(rows[0].alarms, 'alarm', 'alarms')} to look at" if rows else "No alarm"


def _runs(figures: Figures) -> str:
    runs = figures.runs.rows
    if not runs:
        return "No run is recorded"
    bad = sum(run.status in {"failed", "crashed"} for run in runs)
    last = f"The last {counted(len(runs), 'run', 'runs')}"
    return f"{last} completed" if all(run.status == "completed" for run in runs) else f"{last}: {bad:,} did not end well"
