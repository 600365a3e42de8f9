"""`feedmill ingest`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from flows.commands.options import Json, State, Workers, settings_with
from flows.lean_process import lean_run
from flows.pipeline.fork_server import start_ahead, will_be_needed


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
    settings = settings_with(state=state, feeds=feeds, workers=workers)
    if will_be_needed(settings):
        start_ahead()
    lean_run()
    from flows.commands.ingest_run import run_and_tell  # noqa: PLC0415 - meanwhile

    run_and_tell(settings, force=force, publish_after=publish_after, json=json)
    return 0
