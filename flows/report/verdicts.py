"""What somebody who has half a minute wants to know first: is all well, and if not, what is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from flows.html_pages.spelling import duration
from flows.report.counted import counted, listed
from warehouse.figures.ask import Figures

NAMED = 3
"""How many feeds or publishers a sentence names."""


class Level(StrEnum):
    """Good: as it should be. Warn: somebody should look. Bad: something does not work."""

    GOOD = "good"
    WARN = "warn"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """text: one sentence. section: the id of the part of the page that tells more."""

    level: Level
    text: str
    section: str


def verdicts(figures: Figures, *, stale_after: timedelta) -> tuple[Verdict, ...]:
    """One for each thing to look at, the bad ones first. stale_after: without a finished run for so long, runs have stopped."""
    found = (_last_run(figures, stale_after), _arrivals(figures), *_feeds(figures), _alarms(figures), _gaps(figures))
    return tuple(sorted((each for each in found if each is not None), key=lambda each: list(Level).index(each.level), reverse=True))


def _last_run(figures: Figures, stale_after: timedelta) -> Verdict | None:
    runs = [run for run in figures.runs.rows if run.status != "skipped"]
    if not runs:
        return Verdict(Level.WARN, "No run is recorded yet.", "runs")
    last = runs[0]
    if last.status in {"failed", "crashed"}:
        return Verdict(Level.BAD, f"The last run {last.status}{_ago(last.finished_at, figures.window.until)}.", "runs")
    ended = max((run.finished_at for run in runs if run.finished_at is not None), default=None)
    if ended is None:
        return Verdict(Level.WARN, "No run has ended yet.", "runs")
    stopped = figures.window.until - ended > stale_after
    words = f"The last run ended{_ago(ended, figures.window.until)}"
    return Verdict(Level.BAD, f"{words}: runs have stopped.", "runs") if stopped else Verdict(Level.GOOD, f"{words}, completed.", "runs")


def _ago(at: datetime | None, now: datetime) -> str:
    return "" if at is None else f" {duration(max(0.0, (now - at).total_seconds()))} before this page was made"


def _arrivals(figures: Figures) -> Verdict | None:
    if figures.totals.rows[0].articles:
        return None
    return Verdict(Level.BAD if figures.totals.rows[0].articles_ever else Level.WARN, "No article came in these days.", "volume")


def _feeds(figures: Figures) -> list[Verdict]:
    stand: dict[str, list[str]] = {}
    for feed in figures.feeds.rows:
        stand.setdefault(feed.stands, []).append(feed.feed_id)
    alike = {feed.stands: feed.alike for feed in figures.feeds.rows}
    said = (
        ("failing", Level.BAD, "failing"), ("late", Level.BAD, "overdue: nobody asked in time"), ("silent", Level.WARN, "silent"),
        ("gone", Level.WARN, "gone"), ("quieter", Level.WARN, "quieter than usual"), ("louder", Level.WARN, "louder than usual"),
    )  # fmt: skip
    found = [
        Verdict(level, f"{counted(alike[name], 'feed is', 'feeds are')} {words}: {listed(stand[name], alike[name], NAMED)}.", "feeds")
        for name, level, words in said
        if name in stand
    ]
    asked = sum(alike.values()) - alike.get("left out", 0)
    if asked and not found:
        found = [Verdict(Level.GOOD, f"All {counted(asked, 'feed', 'feeds')} are well.", "feeds")]
    return found


def _alarms(figures: Figures) -> Verdict:
    rows = figures.alarms.rows
    if not rows:
        return Verdict(Level.GOOD, "No alarm about cleaning or feeds.", "alarms")
    about = sorted({row.feed_id or row.publisher_id for row in rows})
    return Verdict(Level.WARN, f"{counted(rows[0].alarms, 'alarm', 'alarms')}: {listed(about, len(about), NAMED)}.", "alarms")


def _gaps(figures: Figures) -> Verdict | None:
    rows = figures.gaps.rows
    if not rows:
        return Verdict(Level.GOOD, "No feed ran over between two polls.", "gaps") if figures.polls.rows else None
    feeds = sorted({row.feed_id for row in rows})
    said = f"Entries may be missing: {counted(rows[0].gaps, 'gap', 'gaps')} in {listed(feeds, len(feeds), NAMED)}."
    return Verdict(Level.WARN, said, "gaps")
