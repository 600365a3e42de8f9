"""The publish flow: what `feedmill publish` does, run by Prefect."""

from __future__ import annotations

from prefect import flow, task
from prefect.cache_policies import NO_CACHE

from flows import policy
from flows.commands.options import settings_with
from flows.pipeline.publish import publish as publish_as_set
from flows.pipeline.publish import publish_news
from flows.reporting import run_name, show
from flows.world import this_world
from warehouse.manifest import Manifest


@flow(name="publish", flow_run_name=run_name, persist_result=False)
def publish() -> dict[str, int]:
    """Replace the published copy by the warehouse as it is now, in one rename. Readers of the former copy keep it."""
    manifest = publish_copy()
    show("publish", "Published", {"bytes": manifest.bytes, "schema": manifest.schema_version}, {"rows": dict(manifest.rows)})
    return {"bytes": manifest.bytes, "schema": manifest.schema_version}


publishing = task(
    name="publish", cache_policy=NO_CACHE, persist_result=False,
    retries=policy.PUBLISH_TRIES_AGAIN, retry_delay_seconds=policy.PUBLISH_AGAIN_AFTER_SECONDS,
)  # fmt: skip
"""Tried again where the warehouse is in use for longer than one waits for it."""


@publishing
def publish_copy() -> Manifest:
    """Publish."""
    return publish_as_set(settings_with(), this_world(), whole=True)


@publishing
def publish_news_copy() -> Manifest | None:
    """Publish, unless the copy lacks nothing but polls."""
    return publish_news(settings_with(), this_world())
