"""Figures -> the page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from flows.html_pages.charts import for_script
from flows.html_pages.document import ECHARTS, document
from flows.report.findings import days, findings
from flows.report.languages import language_name
from flows.report.pictures import pictures
from flows.report.verdicts import Level, verdicts
from warehouse.figures.ask import Figures

CHARTS = "charts.js"
PARTS = (
    ("volume", "Volume"), ("lags", "Lag"), ("publishers", "Publishers"), ("languages", "Languages"), ("clusters", "Who had it first"),
    ("revisions", "Changes"), ("removals", "Cleaning"), ("feeds", "Feeds"), ("gaps", "Gaps"), ("outcomes", "Entries"), ("alarms", "Alarms"),
    ("runs", "Runs"),
)  # fmt: skip
SIGNS = {Level.GOOD: "✓", Level.WARN: "▲", Level.BAD: "■"}
HEARD = {Level.GOOD: "well", Level.WARN: "look at this", Level.BAD: "trouble"}


@dataclass(frozen=True, slots=True)
class Made:
    """published_at: when the copy was published, None if no manifest says so. code_version: ours. stale_after: see verdicts."""

    at: datetime
    published_at: datetime | None
    code_version: str
    stale_after: timedelta


def page(figures: Figures, made: Made) -> str:
    """One HTML file; the same figures give the same bytes."""
    said = findings(figures)
    charts = pictures(figures, said)
    alike = {feed.stands: feed.alike for feed in figures.feeds.rows}
    return document(
        "report.html",
        scripts=(ECHARTS, CHARTS),
        figures=figures,
        totals=figures.totals.rows[0],
        made=made,
        said=said,
        days=days(figures.window),
        verdicts=verdicts(figures, stale_after=made.stale_after),
        signs=SIGNS,
        heard=HEARD,
        well=alike.get("well", 0),
        feeds=sum(alike.values()),
        clusters=[tuple(members) for _, members in groupby(figures.clusters.rows, key=lambda member: member.cluster_id)],
        parts_of_page=PARTS,
        charts=charts,
        for_script=for_script(*charts.values()),
        language_name=language_name,
    )
