"""`feedmill ingest`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.alarms import with_alarms
from flows.commands.options import Json, State, Workers, settings_with
from flows.commands.output import as_json
from flows.commands.progress import progress
from flows.feeds_file import read_feeds
from flows.pipeline.ingest import ingest as run_ingest
from flows.pipeline.publish import publish_news
from flows.pipeline.run import RunSummary
from flows.world import this_world


def ingest(
    *,
    feeds: Annotated[Path | None, Parameter(help="The list of feeds. [default: $FEEDMILL_FEEDS, else ./feeds.toml]")] = None,
    state: State = None,
    workers: Workers = None,
    force: Annotated[bool, Parameter(negative=(), help="Poll every feed now, also those that are not due.")] = False,
    publish_after: Annotated[bool, Parameter(name="--publish", help="Publish when the run is done and brought anything.")] = True,
    json: Json = False,
) -> int:
    """Poll the feeds that are due, fetch and clean what is new or changed, load it, check the run, and publish."""
    settings, world = settings_with(state=state, feeds=feeds, workers=workers), this_world()
    listed = read_feeds(settings.feeds)
    with progress("ingest", quiet=json) as tell:
        summary = run_ingest(settings, listed, world, force=force, tell=tell)
    if publish_after and not summary.skipped:
        publish_news(settings, world)
    print(as_json(asdict(summary)) if json else with_alarms(described(summary), summary.alarms, summary.poll_alarms))
    return 0


def described(summary: RunSummary) -> str:
    """A run in one line."""
    if summary.skipped:
        return f"skipped: {summary.skipped}"
    polls = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in summary.polls.items()) or "no feed was due"
    entries = ", ".join(f"{count} {outcome}" for outcome, count in summary.entries.items()) or "nothing new"
    return f"polls: {polls}; entries: {entries}; {summary.seconds:.1f} s"
