"""The ingest flow: what `feedmill ingest` does, run by Prefect. One task per stage, none per article."""

from __future__ import annotations

from collections import Counter

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows.commands.options import settings_with
from flows.feeds_file import read_feeds
from flows.parameters import IngestParameters
from flows.pipeline.ingest import ingest as run_ingest
from flows.pipeline.run import RunSummary
from flows.publish import publish_news_copy
from flows.reporting import LoggedProgress, run_name, show
from flows.world import this_world


@flow(name="ingest", flow_run_name=run_name, persist_result=False, validate_parameters=True)
def ingest(parameters: IngestParameters = IngestParameters()) -> dict[str, int]:  # noqa: B008 - frozen
    """Poll the feeds that are due, fetch and clean what is new or changed, load it, check the run, and publish."""
    summary = poll_fetch_and_load(parameters)
    if parameters.publish and not summary.skipped:
        publish_news_copy()
    show(
        "ingest",
        f"Skipped: {summary.skipped}" if summary.skipped else "Ingested",
        {"run": summary.run_id, "seconds": round(summary.seconds, 1)},
        {
            "polls": summary.polls,
            "entries": summary.entries,
            "alarms": Counter(each.alarm for each in summary.alarms),
            "feeds with alarms": {each.alarm: each.feeds for each in summary.poll_alarms},
        },
    )
    return {"skipped": int(summary.skipped is not None), "polls": sum(summary.polls.values()), **summary.entries}


@task(name="poll, fetch and load", cache_policy=NO_CACHE, persist_result=False)
def poll_fetch_and_load(parameters: IngestParameters) -> RunSummary:
    """One run of the pipeline. It needs no second try: what it did not get is pending, and the next run is due soon."""
    settings = settings_with(feeds=parameters.feeds, workers=parameters.workers)
    return run_ingest(settings, read_feeds(settings.feeds), this_world(), force=parameters.force, tell=LoggedProgress("ingest").tell)
