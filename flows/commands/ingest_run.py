"""What `feedmill ingest` does once its options are read; apart from them, since it imports all that a run needs."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from flows.commands.alarms import with_alarms
from flows.commands.output import as_json
from flows.commands.progress import progress
from flows.feeds_file import read_feeds
from flows.pipeline.ingest import ingest
from flows.pipeline.publish import publish_news
from flows.world import this_world

if TYPE_CHECKING:
    from flows.pipeline.run import RunSummary
    from flows.settings import Settings


def run_and_tell(settings: Settings, *, force: bool, publish_after: bool, json: bool) -> None:
    """One run, then the published copy, then what the run came to."""
    world, listed = this_world(), read_feeds(settings.feeds)
    with progress("ingest", quiet=json) as tell:
        summary = ingest(settings, listed, world, force=force, tell=tell)
    if publish_after and not summary.skipped:
        publish_news(settings, world)
    print(as_json(asdict(summary)) if json else with_alarms(described(summary), summary.alarms, summary.poll_alarms))


def described(summary: RunSummary) -> str:
    """A run in one line."""
    if summary.skipped:
        return f"skipped: {summary.skipped}"
    polls = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in summary.polls.items()) or "no feed was due"
    entries = ", ".join(f"{count} {outcome}" for outcome, count in summary.entries.items()) or "nothing new"
    return f"polls: {polls}; entries: {entries}; {summary.seconds:.1f} s"
